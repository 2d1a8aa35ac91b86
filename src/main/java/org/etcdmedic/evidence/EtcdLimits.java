package org.etcdmedic.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The control groups of the etcd processes on a node, from their own up to the root, with their limits and how often
 * those were met. A limit of a container or a slice slows etcd down while the machine is idle.
 *
 * @param at when it was looked at, by the service's clock
 * @param members the etcd processes of any user
 */
public record EtcdLimits(Instant at, List<Member> members) {
    /** Copies the list. */
    public EtcdLimits {
        members = List.copyOf(members);
    }

    /** A process and its groups. */
    public record Member(long pid, List<Group> groups) {
        /** Copies the list. */
        public Member {
            groups = List.copyOf(groups);
        }
    }

    /**
     * A control group at two looks a second apart (cgroup v2, or one hierarchy of v1).
     *
     * @param hierarchy {@code v2}, or the controller of v1: {@code cpu}, {@code memory}, {@code blkio}
     * @param path its path in that hierarchy
     * @param before values at the first look by file and key, such as {@code cpu.stat nr_throttled}
     * @param after values at the second look
     * @param pressures what its processes waited for; cgroup v2 only
     * @param writeLimits limits of writing to disks, as they stand there
     */
    public record Group(
            String hierarchy,
            String path,
            Map<String, Long> before,
            Map<String, Long> after,
            List<Pressure> pressures,
            List<String> writeLimits) {
        /** Copies the collections. */
        public Group {
            before = Map.copyOf(before);
            after = Map.copyOf(after);
            pressures = List.copyOf(pressures);
            writeLimits = List.copyOf(writeLimits);
        }

        /** Percent of the periods between the looks in which the group had used up its processor time. */
        public int throttledPercent() {
            long periods = grown("cpu.stat nr_periods");
            return periods <= 0 ? 0 : Math.clamp(100 * grown("cpu.stat nr_throttled") / periods, 0, 100);
        }

        /** Hundredths of a processor that the group may use; empty when it may use them all. */
        public OptionalLong processors() {
            long quota = value("cpu.max quota", value("cpu.cfs_quota_us", -1));
            long period = value("cpu.max period", value("cpu.cfs_period_us", 0));
            return quota <= 0 || period <= 0 || quota > Long.MAX_VALUE / 100
                    ? OptionalLong.empty()
                    : OptionalLong.of(100 * quota / period);
        }

        /** Bytes that the group may use; empty when nothing limits it. v1 tells the largest number for no limit. */
        public OptionalLong memoryLimit() {
            long limit = value("memory.max", value("memory.limit_in_bytes", -1));
            return limit < 0 || limit > 1L << 60 ? OptionalLong.empty() : OptionalLong.of(limit);
        }

        /** How often the group met its limit of memory between the looks. */
        public long memoryLimitMet() {
            return grown("memory.events max") + grown("memory.events high") + grown("memory.failcnt");
        }

        /** Processes of the group that were killed for memory since it was made. */
        public long killed() {
            return Math.max(value("memory.events oom_kill", 0), value("memory.oom_control oom_kill", 0));
        }

        private long grown(String key) {
            return Math.max(0, after.getOrDefault(key, 0L) - before.getOrDefault(key, 0L));
        }

        private long value(String key, long otherwise) {
            return after.getOrDefault(key, otherwise);
        }
    }
}
