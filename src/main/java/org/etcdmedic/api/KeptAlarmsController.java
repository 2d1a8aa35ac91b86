package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.alarm.Alarms;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The alarms that were kept, also those that were refused. */
@RestController
@RequestMapping(path = "/alarms", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "alarms")
class KeptAlarmsController {
    private final Alarms alarms;
    private final Messages messages;

    KeptAlarmsController(Alarms alarms, Messages messages) {
        this.alarms = alarms;
        this.messages = messages;
    }

    /** A page of kept alarms. */
    record AlarmList(List<AlarmView> items) {}

    @GetMapping
    @Operation(operationId = "getAlarms")
    AlarmList list(
            @RequestParam Optional<Alarms.State> state,
            @RequestParam Optional<String> source,
            @RequestParam(defaultValue = "50") int limit) {
        Limits.check(limit, messages);
        return new AlarmList(alarms.newest(state, source, limit).stream()
                .map(kept -> AlarmView.of(kept, messages))
                .toList());
    }
}
