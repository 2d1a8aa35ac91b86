package org.etcdmedic.page;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.diagnosis.Listed;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.verdict.Nutshell;
import org.etcdmedic.verdict.Verdict;

/**
 * A diagnosis in the list: what it is, who is at fault, since when.
 *
 * @param id identifier
 * @param state how far it is, or what came of it; also how it is coloured
 * @param open whether something will still come of it
 * @param title cause and node, where a cause was named
 * @param summary what else the verdict says, where there is one
 * @param instance what the instance is called
 * @param alarmed the node that the alarm named
 * @param atFault the node at fault, where one was found
 * @param alarmedAt since when
 * @param collected whether it judged what was collected by hand
 */
record CaseLine(
        UUID id,
        String state,
        boolean open,
        Optional<String> title,
        Optional<String> summary,
        String instance,
        String alarmed,
        Optional<String> atFault,
        Instant alarmedAt,
        boolean collected) {

    /**
     * The line of a diagnosis.
     *
     * @param names what the instances are called
     */
    static CaseLine of(Listed one, Map<String, String> names, Knowledge knowledge, Locale locale) {
        Status status = one.course().status();
        Optional<Verdict> verdict = one.nutshell().map(Nutshell::verdict);
        Optional<Headline> headline = verdict.map(v -> Headline.of(v, knowledge, locale));
        String instance = one.instance().value();
        return new CaseLine(
                one.id().value(),
                verdict.map(v -> v.outcome().name()).orElse(status.name()),
                status.open(),
                headline.flatMap(Headline::title),
                headline.map(Headline::rest),
                names.getOrDefault(instance, instance),
                one.node().value(),
                verdict.flatMap(Verdict::node).map(NodeId::value),
                one.alarmedAt(),
                one.mode() == Mode.OFFLINE);
    }
}
