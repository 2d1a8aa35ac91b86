package org.etcdmedic.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.etcdmedic.bundle.Bundle;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.evidence.EvidenceWindow;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.verdict.AlarmTold;
import org.etcdmedic.verdict.Reasoner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

class JudgeBundleTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:31:00Z");
    private static final InstanceId INSTANCE = new InstanceId("i1");
    private static final NodeId NODE = new NodeId("n1");

    private final List<String> written = new ArrayList<>();

    static Stream<RuntimeException> passing() {
        return Stream.of(
                new QueryTimeoutException("too slow"),
                new DataAccessResourceFailureException("away"),
                new CannotCreateTransactionException("no connection"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void doesNotEndADiagnosisWhoseBundleTheDatabaseCannotFetchAtThisMoment(RuntimeException failure) {
        assertThatThrownBy(() -> judge(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(written).isEmpty();
    }

    @Test
    void endsADiagnosisWhoseBundleCannotBeJudgedForItWouldBeSoEachTime() {
        assertThat(judge(() -> {
                    throw new IllegalStateException("a mistake of ours");
                }))
                .isEqualTo(new Ending.Failed());
        assertThat(written).containsExactly("fail");
    }

    private Ending judge(Supplier<List<Capture>> captures) {
        var diagnoses = (Diagnoses) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Diagnoses.class}, (proxy, method, arguments) -> {
                    written.add(method.getName());
                    return null;
                });
        var judge = new JudgeBundle(
                diagnoses,
                new Kept(captures),
                new Reasoner(YamlKnowledge.shipped()),
                new ObservedSteps(ObservationRegistry.NOOP),
                Clock.fixed(AT, ZoneOffset.UTC));
        var claim = new Claim(DiagnosisId.at(AT), new Symptom(INSTANCE, NODE, null, AT), 1, AT, Optional.empty(), 0);
        return judge.run(
                claim,
                new BundleCase(
                        INSTANCE,
                        NODE,
                        List.of(),
                        EvidenceWindow.around(AT, Duration.ofMinutes(10), Duration.ofMinutes(10)),
                        BundleCase.TimeBy.GIVEN,
                        AlarmTold.NOTHING,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Bundles that are there, but for what was read of them. */
    private record Kept(Supplier<List<Capture>> taken) implements Bundles {
        @Override
        public DiagnosisId open(Bundle bundle, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DiagnosisId again(DiagnosisId before, Instant now) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<BundleCase> find(DiagnosisId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Capture> captures(DiagnosisId id) {
            return taken.get();
        }
    }
}
