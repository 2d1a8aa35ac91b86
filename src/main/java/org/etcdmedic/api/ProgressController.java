package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.LiveProgress;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** How far a diagnosis is, told while it runs (Server-Sent Events). Who asks now and then reads the same in the diagnosis itself. */
@RestController
@RequestMapping(path = "/diagnoses/{id}/events", version = "1")
@Tag(name = "diagnoses")
class ProgressController {
    private final Diagnoses diagnoses;
    private final ProgressStreams streams;

    ProgressController(Diagnoses diagnoses, ProgressStreams streams) {
        this.diagnoses = diagnoses;
        this.streams = streams;
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(operationId = "getEvents")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "204", content = @Content)
    ResponseEntity<SseEmitter> events(
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) Optional<String> lastEventId) {
        var diagnosis = new DiagnosisId(id);
        LiveProgress now = Optional.ofNullable(
                        diagnoses.live(List.of(diagnosis)).get(diagnosis))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
        // Who has heard the end and comes back does so by itself, as a browser does; 204 tells it to stay away.
        if (!now.status().open()
                && lastEventId.filter(ProgressStreams.OVER::equals).isPresent()) {
            return ResponseEntity.noContent().build();
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                // A proxy must not hold events back until they fill its buffer.
                .header("X-Accel-Buffering", "no")
                .body(streams.open(diagnosis, now, lastEventId)
                        .orElseThrow(() -> new ProblemException(Problem.UNAVAILABLE)));
    }
}
