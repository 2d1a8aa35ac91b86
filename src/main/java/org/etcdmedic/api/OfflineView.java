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
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.verdict.Judgement;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the API answers, for a command line that stores nothing. */
public final class OfflineView {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .characterEscapes(new UnseenCharacters())
                    .build())
            .changeDefaultPropertyInclusion(incl -> incl.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private OfflineView() {}

    /** The diagnosis as {@code GET /diagnoses/{id}} answers it. */
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

    /** The catalogue as {@code GET /probes} answers it. */
    public static String probes(ProbeCatalogue catalogue, Locale locale) {
        return JSON.writeValueAsString(ProbeController.ProbeList.of(catalogue, locale));
    }
}
