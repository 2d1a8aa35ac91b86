package org.etcdmedic.api;

import java.util.List;
import java.util.Locale;
import org.etcdmedic.alarm.Alarms;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.memory.Recall;
import org.etcdmedic.ticketing.Tickets;
import org.springframework.stereotype.Component;

/** What other rooms know of a diagnosis: the alarms that it looks after, who was told of it, and what is remembered of its fault. */
@Component
class Surroundings {
    private final Alarms alarms;
    private final Tickets tickets;
    private final Recall recall;

    Surroundings(Alarms alarms, Tickets tickets, Recall recall) {
        this.alarms = alarms;
        this.tickets = tickets;
        this.recall = recall;
    }

    /** A diagnosis with all that. */
    DiagnosisView around(Diagnosis diagnosis, Locale locale) {
        DiagnosisView view = DiagnosisView.of(diagnosis, alarms.count(diagnosis.id()), locale)
                .with(alarms.clearedAt(diagnosis.id()))
                .with(tickets.of(List.of(diagnosis.id())));
        return recall.of(diagnosis).map(history -> view.with(history, locale)).orElse(view);
    }
}
