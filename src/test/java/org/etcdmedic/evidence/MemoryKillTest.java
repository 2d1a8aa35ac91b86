package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.evidence.MemoryKill.Killer;
import org.etcdmedic.evidence.MemoryKill.Scope;
import org.junit.jupiter.api.Test;

/** Who was killed for memory, in the words of old and new kernels and of the daemons that come before them. */
class MemoryKillTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:40:03Z");

    /** As a kernel 6.18 wrote it for a process in a control group of its own. */
    static final String SAMPLE = """
            [11912.837200] python3 invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
            [11912.837351] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/medic6t,task_memcg=/medic6t,task=python3,pid=23568,uid=0
            [11912.837390] Memory cgroup out of memory: Killed process 23568 (python3) total-vm:221368kB, anon-rss:20224kB, file-rss:6572kB, shmem-rss:0kB, UID:0 pgtables:96kB oom_score_adj:0
            end
            """;

    private static List<MemoryKill> kills(String... texts) {
        var lines = new ArrayList<SystemLog.Line>();
        for (String text : texts) {
            lines.add(new SystemLog.Line(Optional.of(AT), text, Source.line(new UUID(1, 1), lines.size() + 1)));
        }
        return MemoryKill.in(lines);
    }

    private static MemoryKill only(String... texts) {
        List<MemoryKill> kills = kills(texts);
        assertThat(kills).hasSize(1);
        return kills.getFirst();
    }

    @Test
    void tellsALimitOfAGroupFromAMachineWithoutMemory() {
        MemoryKill group = only(SAMPLE.lines().toArray(String[]::new));
        MemoryKill machine = only(
                "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/a,task=etcd,pid=7,uid=1001",
                "Out of memory: Killed process 7 (etcd) total-vm:1kB, anon-rss:1kB, UID:1001 pgtables:96kB oom_score_adj:0");

        assertThat(group.scope()).isEqualTo(Scope.GROUP);
        assertThat(group.group()).contains("/medic6t");
        assertThat(group.userId()).hasValue(0);
        assertThat(machine.scope()).isEqualTo(Scope.MACHINE);
        assertThat(machine.group()).isEmpty();
        assertThat(machine.userId()).hasValue(1001);
    }

    @Test
    void readsAGroupsLimitInTheWordsOfOldKernels() {
        MemoryKill kill = only(
                "etcd invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0",
                "Task in /lxc/a killed as a result of limit of /lxc/a",
                "Memory cgroup out of memory: Kill process 4711 (etcd) score 1000 or sacrifice child",
                "Killed process 4711 (etcd) total-vm:1kB, anon-rss:1kB, file-rss:0kB");

        assertThat(kill.scope()).isEqualTo(Scope.GROUP);
        assertThat(kill.group()).contains("/lxc/a");
    }

    @Test
    void namesTheChildThatWasKilledInItsStead() {
        MemoryKill kill = only(
                "Out of memory: Kill process 4711 (etcd) score 907 or sacrifice child",
                "Killed process 4720 (gs_dump) total-vm:1kB, anon-rss:1kB, file-rss:0kB");

        assertThat(kill.name()).isEqualTo("gs_dump");
    }

    @Test
    void readsTheDaemonsThatKillBeforeTheKernelHasTo() {
        MemoryKill early = only(
                "Nov 22 18:40:03 n earlyoom[512]: sending SIGTERM to process 4711 uid 1001 \"etcd\": badness 900, VmRSS 812 MiB");
        MemoryKill oomd = only(
                "Nov 22 18:40:03 n systemd-oomd[600]: Killed /system.slice/etcd.service due to memory pressure for /system.slice being 71.24% > 60.00% for > 20s with reclaim activity");

        assertThat(early.by()).isEqualTo(Killer.DAEMON);
        assertThat(early.pid()).hasValue(4711);
        assertThat(early.userId()).hasValue(1001);
        assertThat(oomd.name()).isEqualTo("/system.slice/etcd.service");
        assertThat(oomd.pid()).isEmpty();
    }

    @Test
    void countsAKillOnceThatTwoLogsTellOf() {
        assertThat(kills(
                        "Out of memory: Killed process 7 (etcd) total-vm:1kB",
                        "Nov 22 18:40:03 n kernel: Out of memory: Killed process 7 (etcd) total-vm:1kB"))
                .hasSize(1);
    }

    @Test
    void doesNotTakeTalkForADeed() {
        assertThat(kills(
                        "om_monitor: killed process etcd",
                        "audit: user said Killed process (etcd)",
                        "systemd-oomd[600]: Considered 3 cgroups for killing"))
                .isEmpty();
    }
}
