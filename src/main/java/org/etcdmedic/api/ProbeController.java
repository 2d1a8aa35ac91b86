package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeCatalogue;
import org.etcdmedic.probe.RunAs;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every command that can ever be run on a node, for whoever has to allow it. */
@RestController
@RequestMapping(path = "/probes", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "probes")
class ProbeController {
    private final ProbeCatalogue catalogue;

    ProbeController(ProbeCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A probe on the wire; its schema is {@code Probe} in the contract. */
    record ProbeView(
            String id,
            List<String> checks,
            RunAs runAs,
            String command,
            @Nullable String sudoCommand,
            List<String> arguments,
            long timeLimitSeconds,
            int byteLimit,
            String why) {
        static ProbeView of(Probe probe, Locale locale) {
            return new ProbeView(
                    probe.id().value(),
                    probe.checks(),
                    probe.runAs(),
                    probe.command(),
                    probe.runAs() == RunAs.LOGIN ? null : probe.sudoCommand(),
                    probe.arguments(),
                    probe.timeLimit().toSeconds(),
                    probe.byteLimit(),
                    probe.why().getOrDefault(locale.getLanguage().equals("zh") ? "zh-CN" : "en", ""));
        }
    }

    /** The catalogue. */
    record ProbeList(List<ProbeView> items) {
        static ProbeList of(ProbeCatalogue catalogue, Locale locale) {
            return new ProbeList(catalogue.all().stream()
                    .map(probe -> ProbeView.of(probe, locale))
                    .toList());
        }
    }

    @GetMapping
    @Operation(operationId = "getProbes")
    ProbeList list(Locale locale) {
        return ProbeList.of(catalogue, locale);
    }
}
