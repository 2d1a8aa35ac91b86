package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import org.etcdmedic.evidence.EtcdLimits.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Control groups of etcd, and the device below its data. */
class EtcdLimitsParserTest {
    private static EtcdLimits limits(String text) {
        return EtcdLimitsParser.parse(aCapture("etcd-limits").text(text).build())
                .orElseThrow();
    }

    @Test
    void readsTheSecondVersion() {
        EtcdLimits.Member etcd =
                limits(JavadocSample.of(EtcdLimitsParser.class)).members().getFirst();
        Group group = etcd.groups().getFirst();

        assertThat(etcd.pid()).isEqualTo(4711);
        assertThat(group.path()).isEqualTo("/system.slice/etcd.service");
        assertThat(group.throttledPercent()).isEqualTo(90);
        assertThat(group.processors()).hasValue(20);
        assertThat(group.memoryLimit()).hasValue(536_870_912);
        assertThat(group.memoryLimitMet()).isEqualTo(2);
        assertThat(group.killed()).isEqualTo(1);
        assertThat(group.pressures()).containsExactly(new Pressure(Pressure.Resource.CPU, false, 4_510, 2_000, 500));
        assertThat(group.writeLimits()).containsExactly("io.max 254:16 rbps=max wbps=2097152 riops=max wiops=max");
    }

    @Test
    void readsTheFirstVersion() {
        String look = """
                look
                etcd 99
                group memory /lab
                memory.limit_in_bytes:268435456
                memory.failcnt:%d
                memory.oom_control:oom_kill 3
                group cpu /lab
                cpu.cfs_quota_us:5000
                cpu.cfs_period_us:100000
                cpu.stat:nr_periods %d
                cpu.stat:nr_throttled %d
                group blkio /lab
                blkio.throttle.write_bps_device:254:0 2097152
                """;
        var groups = limits(look.formatted(5, 100, 50) + look.formatted(25, 110, 55) + "end\n")
                .members()
                .getFirst()
                .groups();

        assertThat(groups).extracting(Group::hierarchy).containsExactlyInAnyOrder("memory", "cpu", "blkio");
        assertThat(groups).extracting(Group::throttledPercent).contains(50);
        assertThat(groups).extracting(Group::memoryLimitMet).contains(20L);
        assertThat(groups).extracting(Group::killed).contains(3L);
        assertThat(groups)
                .flatExtracting(Group::writeLimits)
                .containsExactly("blkio.throttle.write_bps_device 254:0 2097152");
    }

    @Test
    void takesTheLargestNumberForNoLimit() {
        String look = "look\netcd 1\ngroup memory /\nmemory.limit_in_bytes:9223372036854771712\n";

        Group root = limits(look + look + "end\n").members().getFirst().groups().getFirst();

        assertThat(root.memoryLimit()).isEmpty();
        assertThat(root.processors()).isEmpty();
        assertThat(root.throttledPercent()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "look\nend\n", "look\nlook\n"})
    void knowsNothingFromLess(String text) {
        assertThat(EtcdLimitsParser.parse(aCapture("etcd-limits").text(text).build()))
                .isEmpty();
    }

    @Test
    void followsADeviceDownToItsDisk() {
        DataDevice device = DataDeviceParser.parse(aCapture("data-device")
                        .text(JavadocSample.of(DataDeviceParser.class))
                        .build())
                .orElseThrow();

        assertThat(device.places()).extracting(DataDevice.Place::path).hasSize(2);
        assertThat(device.blocks()).extracting(DataDevice.Block::name).containsExactly("dm-0", "vdb2", "vdb");
        assertThat(device.blocks().getFirst().mapped()).contains("vg0-data");
        assertThat(device.places().getFirst().number()).contains("252:0");
    }
}
