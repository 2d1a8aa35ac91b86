package org.etcdmedic.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.LogLine;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.knowledge.SignatureEngine;
import org.etcdmedic.knowledge.yaml.YamlKnowledge;
import org.etcdmedic.verdict.Verdict;

/** Lines that mean nothing, in any mixture and damage, through the signatures and the judge: never a confirmed cause. */
class LogNoiseFuzzTest {
    private static final Knowledge KNOWLEDGE = YamlKnowledge.shipped();
    private static final SignatureEngine SIGNATURES = new SignatureEngine(KNOWLEDGE.signatures());
    private static final Instant AT = Instant.parse("2026-11-22T10:40:00Z");
    private static final long LONGEST_MILLIS = 20_000;

    /** What no signature may take for its own, and what belongs to normal life. */
    private static final List<String> NOISE = KNOWLEDGE.signatures().stream()
            .flatMap(signature -> Stream.concat(
                    signature.noMatch().stream(),
                    signature.kind() == Signature.Kind.ROUTINE ? signature.match().stream() : Stream.empty()))
            .distinct()
            .filter(line -> Stream.of(Log.Program.values()).allMatch(program -> meansNothing(program, line)))
            .toList();

    private static final List<String> PATHS = List.of(
            "node-1/cm/etcd/etcd-current.log",
            "node-1/cm/om_monitor/om_monitor-current.log",
            "node-1/cm/cm_agent/cm_agent-current.log",
            "node-2/cm/etcd/etcd-current.log",
            "node-2/messages");

    @FuzzTest
    void neverConfirmsACause(FuzzedDataProvider data) {
        assertThat(NOISE).hasSizeGreaterThan(50);
        var files = new String[PATHS.size() * 2];
        for (int i = 0; i < PATHS.size(); i++) {
            files[2 * i] = PATHS.get(i);
            files[2 * i + 1] = lines(data);
        }

        // Before the clock starts: it has the knowledge read.
        BundleRequest request = Bundles.said(Optional.of(AT));
        long began = System.nanoTime();
        Bundle bundle;
        try {
            bundle = Bundles.read("logs.zip", Bundles.zip(Bundles.files(files)), request);
        } catch (BundleRefused nothingReadable) {
            return;
        }
        Verdict verdict = Bundles.judge(bundle).verdict();
        assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(LONGEST_MILLIS);
        assertThat(verdict.outcome()).as("%s", verdict.summary().en()).isNotEqualTo(Verdict.Outcome.CONFIRMED);
    }

    private static String lines(FuzzedDataProvider data) {
        var text = new StringBuilder();
        for (int n = data.consumeInt(0, 40); n > 0; n--) {
            if (data.consumeBoolean()) {
                text.append("2026-11-22 10:%02d:%02d.%06d "
                        .formatted(data.consumeInt(25, 45), data.consumeInt(0, 59), data.consumeInt(0, 999_999)));
            }
            String line = data.consumeBoolean() ? data.consumeString(120) : data.pickValue(NOISE);
            // Cut, so that what stands in the middle of a line comes to its begin or its end.
            int from = data.consumeBoolean() ? data.consumeInt(0, line.length()) : 0;
            text.append(line, from, data.consumeBoolean() ? data.consumeInt(from, line.length()) : line.length())
                    .append('\n');
        }
        return text.toString();
    }

    private static boolean meansNothing(Log.Program program, String line) {
        return SIGNATURES.match(program, LogLine.of(line)).stream()
                .allMatch(match -> match.signature().kind() == Signature.Kind.ROUTINE);
    }
}
