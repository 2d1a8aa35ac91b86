package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How busy a node is. */
class LoadParserTest {
    private static final String SAMPLE = JavadocSample.of(LoadParser.class);

    @Test
    void readsTheSample() {
        SystemLoad load =
                LoadParser.parse(aCapture("load").text(SAMPLE).build()).orElseThrow();

        assertThat(load.cores()).isEqualTo(2);
        assertThat(load.busyPercent()).isEqualTo(83);
        assertThat(load.stealPercent()).isEqualTo(3);
        assertThat(load.running()).isEqualTo(5);
        assertThat(load.disks()).containsExactly(new SystemLoad.Disk("vda", 95));
        assertThat(load.byCpu().getFirst()).isEqualTo(new SystemLoad.Consumer(4800, "stress-ng (cpu)", 99, 204_800));
        assertThat(load.byMemory()).extracting(SystemLoad.Consumer::name).containsExactly("stress-ng (cpu)", "etcd");
        assertThat(load.pressures()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "look\nend\n", "look\nlook\nend\n", "look\ncpu 1 2\nlook\ncpu 1 2\nend\n"})
    void knowsNothingFromLess(String text) {
        assertThat(LoadParser.parse(aCapture("load").text(text).build())).isEmpty();
    }
}
