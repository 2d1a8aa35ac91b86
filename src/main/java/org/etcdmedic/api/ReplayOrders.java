package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.replay.EndReplay;
import org.etcdmedic.replay.ReplayId;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What is ordered about a replay: to call it off, or to take it away. */
@RestController
@RequestMapping(path = "/replays/{replayId}", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "replays")
class ReplayOrders {
    private final EndReplay end;

    ReplayOrders(EndReplay end) {
        this.end = end;
    }

    @PostMapping("/cancel")
    @Operation(operationId = "cancelReplay")
    ReplayController.ReplayAccepted cancel(@PathVariable UUID replayId) {
        return switch (end.cancel(new ReplayId(replayId))) {
            case CANCELLED -> new ReplayController.ReplayAccepted(replayId, Status.CANCELLED);
            case OVER -> throw new ProblemException(Problem.REPLAY_OVER);
            case UNKNOWN -> throw new ProblemException(Problem.NOT_FOUND);
        };
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteReplay")
    void remove(@PathVariable UUID replayId) {
        if (!end.remove(new ReplayId(replayId))) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
    }
}
