package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Family;
import org.etcdmedic.knowledge.Remediation.Actor;
import org.etcdmedic.ticketing.target.Ending;
import org.etcdmedic.ticketing.target.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuleTest {
    private static final Rule ANY = rule(Set.of(), Set.of(), Set.of(), Set.of(), List.of());

    @ParameterizedTest
    @EnumSource(Ending.class)
    void aRuleWithoutConditionsFitsEveryEnding(Ending ending) {
        assertThat(ANY.fits(facts(ending, Severity.UNKNOWN, "orders-1"))).isTrue();
    }

    @Test
    void everyConditionHasToHold() {
        Rule rule = rule(
                Set.of(Ending.CONFIRMED),
                Set.of(Actor.DBA),
                Set.of(Family.PROCESS),
                Set.of(Severity.CRITICAL),
                List.of("orders-*"));
        assertThat(rule.fits(facts(Ending.CONFIRMED, Severity.CRITICAL, "orders-1")))
                .isTrue();
        assertThat(rule.fits(facts(Ending.LIKELY, Severity.CRITICAL, "orders-1")))
                .isFalse();
        assertThat(rule.fits(facts(Ending.CONFIRMED, Severity.MAJOR, "orders-1")))
                .isFalse();
        assertThat(rule.fits(facts(Ending.CONFIRMED, Severity.UNKNOWN, "orders-1")))
                .isFalse();
        assertThat(rule.fits(facts(Ending.CONFIRMED, Severity.CRITICAL, "stock-1")))
                .isFalse();
        assertThat(rule(Set.of(), Set.of(Actor.OPERATOR), Set.of(), Set.of(), List.of())
                        .fits(facts(Ending.CONFIRMED, Severity.CRITICAL, "orders-1")))
                .isFalse();
        assertThat(rule(Set.of(), Set.of(), Set.of(Family.VM), Set.of(), List.of())
                        .fits(facts(Ending.CONFIRMED, Severity.CRITICAL, "orders-1")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "orders-*, orders-1, true",
        "orders-*, orders-, true",
        "orders-*, Orders-1, false",
        "*-prod, orders-prod, true",
        "*-prod, orders-prod-2, false",
        "a*c*e, abcde, true",
        "a.c, abc, false",
        "*, anything, true",
        "orders-1, orders-1, true",
        "orders-1, orders-10, false"
    })
    void aStarStandsForAnyCharacters(String pattern, String instance, boolean fits) {
        Rule rule = rule(Set.of(), Set.of(), Set.of(), Set.of(), List.of(pattern));
        assertThat(rule.fits(facts(Ending.CONFIRMED, Severity.MAJOR, instance))).isEqualTo(fits);
    }

    @Test
    void whatABundleTellsIsThePastUnlessARuleWantsIt() {
        Facts past = facts(Ending.CONFIRMED, Severity.MAJOR, "orders-1", Mode.OFFLINE);
        assertThat(ANY.fits(past)).isFalse();
        assertThat(new Rule(Set.of(), Set.of(), Set.of(), Set.of(), List.of(), true, List.of("x"), "en").fits(past))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CRITICAL, CRITICAL",
        "critical, CRITICAL",
        "紧急, CRITICAL",
        "Major, MAJOR",
        "重要, MAJOR",
        "次要, MINOR",
        "提示, WARNING",
        "1, UNKNOWN",
        "严重, UNKNOWN",
        "'', UNKNOWN"
    })
    void aSeverityIsReadFromKnownWordsOnly(String word, Severity severity) {
        assertThat(Severity.of(word)).isEqualTo(severity);
    }

    @Test
    void theWorstAlarmDecides() {
        assertThat(Severity.worst(List.of("minor", "CRITICAL", "?"))).isEqualTo(Severity.CRITICAL);
        assertThat(Severity.worst(List.of())).isEqualTo(Severity.UNKNOWN);
    }

    private static Rule rule(
            Set<Ending> outcomes,
            Set<Actor> owners,
            Set<Family> families,
            Set<Severity> severities,
            List<String> instances) {
        return new Rule(outcomes, owners, families, severities, instances, false, List.of("x"), "en");
    }

    private static Facts facts(Ending ending, Severity severity, String instance) {
        return facts(ending, severity, instance, Mode.SSH);
    }

    private static Facts facts(Ending ending, Severity severity, String instance, Mode mode) {
        return new Facts(
                DiagnosisId.at(Instant.EPOCH),
                mode,
                new InstanceId(instance),
                new NodeId("n1"),
                ending,
                Optional.of(Family.PROCESS),
                Optional.of(new CauseCode("ETCD_PROCESS_DOWN")),
                Actor.DBA,
                severity);
    }
}
