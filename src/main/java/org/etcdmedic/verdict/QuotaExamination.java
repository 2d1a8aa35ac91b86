package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.evidence.DataDirectory;
import org.etcdmedic.evidence.EtcdCommand;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/**
 * Row B14: the database file against the quota that etcd was started with. The file can be larger than what etcd counts,
 * because it grows in steps of 16 MiB and never shrinks, so that its size alone proves nothing.
 */
final class QuotaExamination implements Examination {
    /** etcd's own, where its command line states none or 0. */
    private static final long USUAL = 2L << 30;

    /** The cluster manager warns from here on. */
    private static final int NEAR_PERCENT = 95;

    /** A number, or the product that om_monitor leaves to the shell: {@code $((8*1024*1024*1024))}. */
    private static final Pattern PRODUCT =
            Pattern.compile("(?:\\$\\(\\()?(-?\\d{1,18}(?:\\*\\d{1,9}){0,4})(?:\\)\\))?");

    @Override
    public List<Observation> examine(NodeCase node) {
        if (!(node.evidence().dataDirectory() instanceof Reading.Known<DataDirectory>(var directory, Source source))
                || directory.databaseBytes().isEmpty()) {
            // What the directory could not be asked is told by rows P4 and P5; that etcd is out of quota tells its log.
            return List.of();
        }
        OptionalLong quota =
                EtcdCommand.of(node.evidence()).map(QuotaExamination::quota).orElse(OptionalLong.empty());
        if (quota.isEmpty() || quota.getAsLong() < 0) {
            return List.of();
        }
        long bytes = directory.databaseBytes().getAsLong();
        long percent = (long) (100.0 * bytes / quota.getAsLong());
        String kind = percent >= 100
                ? "database-at-quota"
                : percent >= NEAR_PERCENT ? "database-near-quota" : "database-has-room";
        return List.of(Observation.seen(
                kind,
                Map.of(
                        "path", directory.path() + "/member/snap/db",
                        "bytes", String.valueOf(bytes),
                        "quota", String.valueOf(quota.getAsLong()),
                        "percent", String.valueOf(percent)),
                source));
    }

    /** In bytes; negative where it is switched off; empty where the flag cannot be read. */
    private static OptionalLong quota(EtcdCommand command) {
        Optional<String> stated = command.flag("quota-backend-bytes");
        if (stated.isEmpty()) {
            return OptionalLong.of(USUAL);
        }
        Matcher product = PRODUCT.matcher(stated.get());
        if (!product.matches()) {
            return OptionalLong.empty();
        }
        double bytes = 1;
        for (String factor : product.group(1).split("\\*", -1)) {
            bytes *= Long.parseLong(factor);
        }
        return bytes > Long.MAX_VALUE / 2.0 ? OptionalLong.empty() : OptionalLong.of(bytes == 0 ? USUAL : (long) bytes);
    }
}
