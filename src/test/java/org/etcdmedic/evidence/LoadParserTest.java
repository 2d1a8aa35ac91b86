package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.etcdmedic.evidence.SystemLoad.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How busy a node is. */
class LoadParserTest {
    private static final String SAMPLE = JavadocSample.of(LoadParser.class);

    private static SystemLoad load(String text) {
        return LoadParser.parse(aCapture("load").text(text).build()).orElseThrow();
    }

    @Test
    void readsTheProcessors() {
        SystemLoad.Processors now = load(SAMPLE).processors();

        assertThat(now).isEqualTo(new SystemLoad.Processors(2, 5, 2, 83, 3, 3, 0, 510));
    }

    @Test
    void reckonsDisksAsIostatDoes() {
        // 4 writes took 900 ms together, 32 sectors were written, 950 ms of one second it worked.
        assertThat(load(SAMPLE).disks()).containsExactly(new SystemLoad.Disk("vda", "254:0", 95, 4, 16, 225, 90));
    }

    @Test
    void namesWhoUsesMost() {
        SystemLoad load = load(SAMPLE);

        assertThat(load.byProcessor().getFirst())
                .isEqualTo(new Consumer(4800, "stress-ng (cpu)", "?", 99, 204_800, 2_048, OptionalLong.of(0), ""));
        assertThat(load.byMemory()).extracting(Consumer::name).containsExactly("stress-ng (cpu)", "etcd", "gs_dump");
        assertThat(load.byWriting()).extracting(Consumer::name).containsExactly("gs_dump", "etcd");
        assertThat(load.byWriting().getFirst().user()).isEqualTo("backup");
        assertThat(load.byWriting().getFirst().writtenKilobytes()).hasValue(82_998);
        assertThat(load.waiting()).extracting(Consumer::waitsIn).containsExactly("folio_wait_bit");
    }

    @Test
    void readsMemorySwapAndPressure() {
        SystemLoad load = load(SAMPLE);

        assertThat(load.memory()).isEqualTo(new SystemLoad.Memory(8_000_000, 1_000_000, 2_000_000, 1_990_000));
        assertThat(load.pressures()).containsExactly(new Pressure(Pressure.Resource.CPU, false, 4_510, 2_000, 500));
    }

    @Test
    void doesNotTakeForNothingWhatOurAccountMayNotSee() {
        SystemLoad load = load(SAMPLE.replace("io-of all\n", "")
                .replace("io 4900 write 5000000\n", "")
                .replace("io 4900 write 89990144\n", ""));

        assertThat(load.writersSeen()).isFalse();
        assertThat(load.consumers())
                .filteredOn(consumer -> consumer.pid() == 4900)
                .extracting(Consumer::writtenKilobytes)
                .containsExactly(OptionalLong.empty());
        assertThat(load.byWriting()).extracting(Consumer::name).containsExactly("etcd");
    }

    @Test
    void blamesNoProcessThatTookOverANumber() {
        SystemLoad load =
                load(SAMPLE.replace("process 4800 995 104 51200 R (stress-ng (cpu))", "process 4800 995 104 9 R (sh)"));

        assertThat(load.byProcessor()).extracting(Consumer::name).doesNotContain("sh");
    }

    @Test
    void readsWhatWasRecordedBeforeClockAndStateWereTold() {
        String old = SAMPLE.lines()
                .filter(line -> !line.startsWith("at "))
                .map(line -> line.replaceFirst("^(process \\d+ \\d+ \\d+ \\d+) [A-Z] ", "$1 "))
                .collect(Collectors.joining("\n"));

        assertThat(load(old).byProcessor().getFirst().processor()).isEqualTo(99);
        assertThat(load(old).disks().getFirst().busy()).isEqualTo(95);
    }

    @Test
    void staysQuickWithAsManyProcessesAsTheProbeTells() {
        String many = IntStream.range(10_000, 12_500)
                .mapToObj(pid -> "process " + pid + " 1 1 1 S (worker)\n")
                .collect(Collectors.joining());
        String text = SAMPLE.replace("look\n", "look\n" + many);
        long begin = System.nanoTime();

        assertThat(load(text).consumers()).isNotEmpty();
        assertThat((System.nanoTime() - begin) / 1_000_000).isLessThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "look\nend\n", "look\nlook\nend\n", "look\ncpu 1 2\nlook\ncpu 1 2\nend\n"})
    void knowsNothingFromLess(String text) {
        assertThat(LoadParser.parse(aCapture("load").text(text).build())).isEmpty();
    }
}
