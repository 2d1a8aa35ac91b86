package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.etcdmedic.evidence.GaussEnvironment.Origin;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code gauss-environment} prints:
 *
 * <pre>
 * source process om_monitor
 * root /
 * GAUSSHOME=/usr/local/core/app
 * GAUSSLOG=/var/lib/log/Ruby
 * PGHOST=/usr/local/temp
 * source env-file
 * home /home/Ruby
 * export GAUSSHOME=/usr/local/core/app
 * source login-shell
 * home /home/Ruby
 * source end
 * </pre>
 *
 * What a process has is taken as it stands. The lines of a file are read as a shell would read them ({@link ShellAssignments});
 * they are never run. A process that lives in a chroot tells its paths as they are in there; they are read as they are outside, where we look. A
 * text without any {@code source} line is unusable. Whatever a login prints before the first one is passed over.
 */
final class EnvironmentParser {
    private static final Set<String> NAMES = Set.of(
            "GAUSSHOME", "GAUSSLOG", "PGHOST", "GPHOME", "CM_HOME", "MPPDB_ENV_SEPARATE_PATH", "DORADO_REARRANGE");

    /** Best first. Any other process stands behind the named ones, and any other kind behind all. */
    private static final List<String> TRUST = List.of(
            "process om_monitor",
            "process cm_agent",
            "process cm_server",
            "process etcd",
            "process",
            "env-file",
            "chroot-env-file",
            "login-shell");

    private static final String HOME = "HOME";

    private EnvironmentParser() {}

    static Optional<GaussEnvironment> parse(Capture.Answer answer) {
        var origins = new ArrayList<Origin>();
        String kind = "";
        Map<String, String> variables = new HashMap<>();
        boolean any = false;
        String root = "";
        for (String line : Lines.of(answer).list()) {
            Optional<String> next = Lines.after(line, "source");
            if (next.isPresent()) {
                any = true;
                add(origins, kind, variables, root);
                kind = next.get();
                variables = new HashMap<>();
                root = "";
            } else if (line.startsWith("root /")) {
                root = line.length() > "root /".length() ? line.substring("root ".length()) : "";
                variables.put(GaussEnvironment.ROOT, root);
            } else if (line.startsWith("home /")) {
                variables.put(HOME, line.substring("home ".length()));
            } else if (kind.startsWith("process")) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    variables.put(line.substring(0, equals), line.substring(equals + 1));
                }
            } else {
                ShellAssignments.read(line, variables);
            }
        }
        add(origins, kind, variables, root);
        origins.sort(Comparator.comparingInt(EnvironmentParser::rank));
        return any ? Optional.of(new GaussEnvironment(origins)) : Optional.empty();
    }

    private static void add(List<Origin> origins, String kind, Map<String, String> variables, String root) {
        if (!kind.isEmpty() && !kind.equals("end")) {
            var wanted = new HashMap<String, String>();
            variables.forEach((name, value) -> {
                if (NAMES.contains(name)) {
                    wanted.put(name, value.startsWith("/") ? root + value : value);
                } else if (name.equals(GaussEnvironment.ROOT)) {
                    wanted.put(name, value);
                }
            });
            origins.add(new Origin(kind, wanted));
        }
    }

    private static int rank(Origin origin) {
        int rank = TRUST.indexOf(origin.kind());
        if (rank >= 0) {
            return rank;
        }
        return origin.kind().startsWith("process ") ? TRUST.indexOf("process") : TRUST.size();
    }
}
