package org.etcdmedic.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.platform.TimeOrderedId;
import org.etcdmedic.verdict.Judgement;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A bundle's judgement in the shape of {@code GET /diagnoses/{id}}, for a command line that stores nothing. */
public final class OfflineView {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .characterEscapes(new UnseenCharacters())
                    .build())
            .changeDefaultPropertyInclusion(incl -> incl.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private OfflineView() {}

    /** The diagnosis as JSON. */
    public static String json(
            BundleCase bundle, Judgement judgement, Instant startedAt, Instant completedAt, Locale locale) {
        var diagnosis = new Diagnosis(
                new DiagnosisId(TimeOrderedId.at(startedAt)),
                bundle.instance(),
                bundle.named(),
                null,
                Mode.OFFLINE,
                bundle.window().alarmedAt(),
                startedAt,
                new Diagnosis.Progress.Completed(startedAt, completedAt, judgement),
                Optional.empty());
        return JSON.writeValueAsString(DiagnosisView.of(diagnosis, 0, locale).with(BundleView.of(bundle)));
    }
}
