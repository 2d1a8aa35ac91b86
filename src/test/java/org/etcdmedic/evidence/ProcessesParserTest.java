package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.anIdentity;

import org.junit.jupiter.api.Test;

class ProcessesParserTest {
    private static final String SAMPLE = JavadocSample.of(ProcessesParser.class);

    private static ProcessTable parse(String text) {
        return ProcessesParser.parse(aCapture("processes").text(text).build(), anIdentity())
                .orElseThrow();
    }

    @Test
    void readsTheSample() {
        ProcessTable table = parse(SAMPLE);

        assertThat(table.observerId()).isEqualTo(1001);
        ProcessFact etcd = table.etcd().getFirst();
        assertThat(etcd.pid()).isEqualTo(12497);
        assertThat(etcd.parent()).isEqualTo(12494);
        assertThat(etcd.state()).isEqualTo('S');
        assertThat(etcd.userId()).isEqualTo(1001);
        assertThat(etcd.executable()).contains("/usr/local/core/app/bin/etcd");
        assertThat(etcd.startedAt()).isEqualTo(anIdentity().bootedAt().plusMillis(2_032_690));
        assertThat(etcd.arguments()).hasSize(5);
        assertThat(etcd.flag("data-dir")).contains("/usr/local/etcd");
        assertThat(etcd.source()).isEqualTo(new Source(etcd.source().capture(), 2, 10));
    }

    @Test
    void cutsTheNameBehindTheLastParenthesis() {
        String odd = SAMPLE.replace("(etcd) S", "(et) S 1 (cd) D");

        assertThat(parse(odd).processes().getFirst().state()).isEqualTo('D');
        assertThat(parse(odd).processes().getFirst().parent()).isEqualTo(12494);
    }

    @Test
    void keepsEmptyArgumentsAndDropsTheLastEnd() {
        String odd = SAMPLE.replaceFirst("(?m)^args .*$", "args etcd\t\t--name\t");

        assertThat(parse(odd).processes().getFirst().arguments()).containsExactly("etcd", "", "--name");
    }

    @Test
    void readsSeveralProcessesAndWhatMayNotBeSeen() {
        String cron = """

                process 77
                comm crond
                stat 77 (crond) S 1 77 77 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 900 1 1
                State:\tS (sleeping)
                PPid:\t1
                Uid:\t0\t0\t0\t0
                exe ?
                Max open files            unlimited            unlimited            files
                args /usr/sbin/crond\t-n\t
                """;
        ProcessTable table = parse(SAMPLE + cron);

        assertThat(table.schedulerRuns()).isTrue();
        assertThat(table.processes().getLast().executable()).isEmpty();
        assertThat(table.etcd()).hasSize(1);
    }

    @Test
    void leavesOutAProcessThatEndedMeanwhile() {
        assertThat(parse(SAMPLE.replaceFirst("(?m)^stat .*\n", "")).processes()).isEmpty();
        assertThat(parse(SAMPLE.replaceFirst("(?m)^Uid:.*\n", "")).processes()).isEmpty();
    }

    @Test
    void saysThatNothingRuns() {
        assertThat(parse("uid 1001\n").processes()).isEmpty();
    }

    @Test
    void isUnusableWithoutTheObserver() {
        assertThat(ProcessesParser.parse(aCapture("processes").text("").build(), anIdentity()))
                .isEmpty();
        assertThat(ProcessesParser.parse(
                        aCapture("processes").text("process 1\ncomm etcd\n").build(), anIdentity()))
                .isEmpty();
    }
}
