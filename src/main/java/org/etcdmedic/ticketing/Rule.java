package org.etcdmedic.ticketing;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.ticketing.target.Ending;
import org.etcdmedic.ticketing.target.Severity;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which diagnoses become tickets, and where to. Every condition that is given has to hold; an empty one holds always.
 *
 * @param outcomes how they ended; without it those with a cause
 * @param owners who has to act
 * @param families branch of the runbook
 * @param severities of the worst alarm; an unknown one fits only where {@code UNKNOWN} is named
 * @param instances names of instances, {@code *} for any characters
 * @param offline whether those of bundles fit too, which tell of the past
 * @param to names of targets
 * @param language of the texts: {@code en} or {@code zh-CN}
 */
public record Rule(
        @DefaultValue({"CONFIRMED", "LIKELY"}) Set<Ending> outcomes,
        @DefaultValue Set<Remediation.Actor> owners,
        @DefaultValue Set<Family> families,
        @DefaultValue Set<Severity> severities,
        @DefaultValue List<String> instances,
        @DefaultValue("false") boolean offline,
        @DefaultValue List<String> to,
        @DefaultValue("en") String language) {
    /** Copies the collections. */
    public Rule {
        outcomes = Set.copyOf(outcomes);
        owners = Set.copyOf(owners);
        families = Set.copyOf(families);
        severities = Set.copyOf(severities);
        instances = List.copyOf(instances);
        to = List.copyOf(to);
    }

    /** Whether a diagnosis fits. */
    public boolean fits(Facts facts) {
        return (offline || facts.mode() == Mode.SSH)
                && fits(outcomes, facts.ending())
                && fits(owners, facts.owner())
                && (families.isEmpty()
                        || facts.family().filter(families::contains).isPresent())
                && fits(severities, facts.severity())
                && (instances.isEmpty()
                        || instances.stream()
                                .anyMatch(name -> matches(name, facts.instance().value())));
    }

    private static <T> boolean fits(Set<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    private static boolean matches(String pattern, String name) {
        return name.matches(
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
