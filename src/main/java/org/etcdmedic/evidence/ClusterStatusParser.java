package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.etcdmedic.evidence.ClusterStatus.Member;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the probe {@code cluster-status} prints, which is what {@code cm_ctl query} says, errors included:
 *
 * <pre>
 * [    ETCD State     ]
 *
 * node              node_ip         instance             state
 * --------------------------------------------------------------------
 * 1  gaussdb-node-1 192.168.0.11    7001 /usr/local/etcd StateFollower
 * 2  gaussdb-node-2 192.168.0.12    7002 /usr/local/etcd StateLeader
 * 3  gaussdb-node-3 192.168.0.13    7003 /usr/local/etcd Down
 *
 * [   Cluster State   ]
 *
 * cluster_state   : Normal
 * </pre>
 *
 * Columns shift between releases, so rows are cut by blanks and never by their headings. The state is the rest of the
 * line and is kept whatever it is. When cm_ctl cannot write its own log it prints log lines here, even into a row,
 * whose rest then follows on a line of its own. The vertical form ({@code cm_ctl query -v}) is read as well. A text
 * with nothing of cm_ctl in it is unusable; no text at all is what a cm_ctl printed that left with a status.
 */
final class ClusterStatusParser {
    private static final int MOST_ERROR = 500;

    /** How the lines begin that cm_ctl prints when it cannot write its log (openGauss {@code cm_elog.cpp}). */
    private static final List<String> POLLUTION = List.of(
            "logfile_open could not open log file:",
            "write_log_file,log file is null now:",
            "could not write to log file:");

    /** What cm_ctl says instead of an answer, beside lines that begin with its name. */
    private static final List<String> COMPLAINTS =
            List.of("current user is the root user", "Get GAUSSHOME failed", "cm_getenv: ", "[ERRDETAIL]");

    private final Lines lines;
    private final List<Member> members = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Map<String, String> vertical = new HashMap<>();
    private String section = "";
    private String clusterState = "";
    private boolean ofCmCtl;
    private boolean noPrimaryServer;
    private int verticalFrom;
    private int rowFrom;
    private String rowBegun = "";

    private ClusterStatusParser(Lines lines) {
        this.lines = lines;
    }

    /** Reads the text of a cm_ctl that left with this status, or was cut off before it. */
    static Optional<ClusterStatus> parse(Lines lines, OptionalInt exitStatus) {
        var parser = new ClusterStatusParser(lines);
        for (int number = 1; number <= lines.count(); number++) {
            parser.line(number, lines.at(number));
        }
        boolean silent = lines.list().stream().allMatch(String::isBlank) && exitStatus.isPresent();
        if (!parser.ofCmCtl && !silent) {
            return Optional.empty();
        }
        return Optional.of(new ClusterStatus(
                parser.members,
                Optional.of(parser.clusterState).filter(state -> !state.isEmpty()),
                parser.noPrimaryServer,
                Lines.cut(String.join("\n", parser.errors), MOST_ERROR),
                exitStatus));
    }

    private void line(int number, String whole) {
        String line = withoutPollution(whole).strip();
        if (line.isEmpty()) {
            return;
        }
        Optional<String> title = title(line);
        if (title.isPresent()) {
            section = title.get();
            ofCmCtl = true;
            rowBegun = "";
        } else if (line.contains("can't connect to cm_server")) {
            noPrimaryServer = true;
            ofCmCtl = true;
        } else if (line.startsWith("cm_ctl: ") || COMPLAINTS.stream().anyMatch(line::contains)) {
            errors.add(line);
            ofCmCtl = true;
        } else if (!pair(number, line) && section.equals("ETCD State")) {
            row(number, line, whole.strip().length() > line.length());
        }
    }

    /** The part of a line before the first log line in it. */
    private String withoutPollution(String line) {
        int end = line.length();
        for (String begin : POLLUTION) {
            int at = line.indexOf(begin);
            if (at >= 0) {
                end = Math.min(end, at);
            }
        }
        return line.substring(0, end);
    }

    /** {@code [    ETCD State     ]} without brackets and the blanks inside them. */
    private static Optional<String> title(String line) {
        if (!line.startsWith("[") || !line.endsWith("]")) {
            return Optional.empty();
        }
        return Optional.of(line.substring(1, line.length() - 1).strip()).filter(title -> title.endsWith(" State"));
    }

    /** A line {@code name : value}: the cluster section, or the vertical form, whose blocks end with the state. */
    private boolean pair(int number, String line) {
        int colon = line.indexOf(':');
        if (colon < 1 || colon + 1 >= line.length() || line.charAt(colon + 1) != ' ') {
            return false;
        }
        String name = line.substring(0, colon).strip();
        String value = line.substring(colon + 1).strip();
        switch (name) {
            case "cluster_state" -> {
                clusterState = value;
                ofCmCtl = true;
            }
            case "node" -> {
                vertical.clear();
                vertical.put(name, value);
                verticalFrom = number;
            }
            case "node_name", "instance_id", "node_ip", "data_path", "type" -> vertical.put(name, value);
            case "state" -> {
                verticalMember(value, number);
                vertical.remove("type");
            }
            default -> {
                return name.indexOf(' ') < 0;
            }
        }
        return true;
    }

    private void verticalMember(String state, int number) {
        boolean numbered = Words.smallNumber(vertical.getOrDefault("node", "")).isPresent()
                && Words.smallNumber(vertical.getOrDefault("instance_id", "")).isPresent();
        if (!vertical.getOrDefault("type", "").equals("ETCD") || !numbered) {
            return;
        }
        ofCmCtl = true;
        members.add(new Member(
                vertical.getOrDefault("node_name", ""),
                vertical.getOrDefault("node_ip", ""),
                Optional.ofNullable(vertical.get("data_path")),
                state,
                lines.source(verticalFrom, number)));
    }

    /** A row, or the end of one that a log line has cut. */
    private void row(int number, String line, boolean cutByPollution) {
        boolean continued = !rowBegun.isEmpty() && member(line, number, number) == null;
        String row = continued ? rowBegun + " " + line : line;
        int first = continued ? rowFrom : number;
        Member member = member(row, first, number);
        if (member != null) {
            members.add(member);
            rowBegun = "";
        } else if (cutByPollution) {
            rowBegun = row;
            rowFrom = first;
        } else {
            rowBegun = "";
        }
    }

    /** {@code [az] node name [address] id [path] state}. */
    private @Nullable Member member(String line, int first, int last) {
        List<String> words = Words.of(line);
        int at = !words.isEmpty() && !Words.digits(words.getFirst()) ? 1 : 0;
        if (words.size() < at + 4) {
            return null;
        }
        OptionalInt node = Words.smallNumber(words.get(at));
        String name = words.get(at + 1);
        at += 2;
        String address = "";
        if (!Words.digits(words.get(at))) {
            address = words.get(at);
            at++;
        }
        OptionalInt id = at < words.size() ? Words.smallNumber(words.get(at)) : OptionalInt.empty();
        at++;
        Optional<String> path =
                at < words.size() && words.get(at).startsWith("/") ? Optional.of(words.get(at++)) : Optional.empty();
        if (node.isEmpty() || id.isEmpty() || at >= words.size()) {
            return null;
        }
        String state = String.join(" ", words.subList(at, words.size()));
        return new Member(name, address, path, state, lines.source(first, last));
    }
}
