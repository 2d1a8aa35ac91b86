package org.etcdmedic.veil;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.etcdmedic.veil.Pseudonym.Kind;

/**
 * A place of a text where a name stands.
 *
 * @param probes the probes in whose answers it stands there; empty when it may be any text
 * @param kind what is named
 * @param pattern the place; its first group is the name
 */
record NamePlace(Set<String> probes, Kind kind, Pattern pattern) {
    private static final String HOST = "([A-Za-z0-9_][A-Za-z0-9._-]{1,252}+)";
    private static final List<NamePlace> ALL = List.of(
            new NamePlace(Kind.HOST, "^hostname " + HOST, "identity"),
            new NamePlace(Kind.ACCOUNT, "^user ([^\\s/:]{1,64}+)$", "identity"),
            new NamePlace(Kind.HOST, "^name " + HOST + " exit ", "resolve-names"),
            new NamePlace(Kind.HOST, "^ {0,8}\\d{1,4} {1,4}" + HOST + " +[0-9A-Fa-f.:]{3,45} ", "cluster-status"),
            new NamePlace(
                    Kind.HOST,
                    "\"(?:[\\w:.-]{0,40}?host(?:_?name)?|nodename|node|instance|instance_name)\" {0,2}: {0,2}\""
                            + HOST),
            new NamePlace(
                    Kind.MACHINE,
                    "\"(?:name|key_name|display_name|OS-EXT-SRV-ATTR:instance_name)\" {0,2}: {0,2}\"([^\"\\\\]{2,128}+)\"",
                    "compute-server",
                    "compute-migrations"),
            new NamePlace(Kind.HOST, "://(?:[^\\s/@\"']{1,64}+@)?" + HOST),
            new NamePlace(Kind.HOST, "\\blookup " + HOST),
            new NamePlace(Kind.HOST, "\\bdial (?:tcp|udp)[46]? " + HOST + ":\\d"),
            new NamePlace(
                    Kind.HOST,
                    "^(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d|\\d{4}-\\d\\d-\\d\\dT[0-9:.,]{8,20}+(?:Z|[+-]\\d\\d:?\\d\\d)) "
                            + HOST + " [^\\s:\\[]{1,64}+(?:\\[\\d{1,10}\\])?:"),
            new NamePlace(Kind.HOST, "\\bDNS:" + HOST, "certificates"),
            new NamePlace(
                    Kind.SUBJECT,
                    "\\b(?:CN|O|OU|L|ST|street|emailAddress) ?= ?([^,/\\n]{2,128}?)(?=, |/|$| error \\d)",
                    "certificates"),
            new NamePlace(Kind.ACCOUNT, "\\bsudo(?:\\[\\d{1,10}\\])?: {1,8}([^\\s:]{2,64}+) : "),
            new NamePlace(
                    Kind.ACCOUNT, "\\b(?:Accepted|Failed) \\S{1,32} for (?:invalid user )?([^\\s:]{2,64}+) from "),
            new NamePlace(Kind.ACCOUNT, "\\bsession (?:opened|closed) for user ([^\\s:(]{2,64}+)"),
            new NamePlace(Kind.ACCOUNT, "\\bby ([^\\s:(]{2,64}+)\\(uid="),
            new NamePlace(Kind.ACCOUNT, "/home/([A-Za-z0-9_][A-Za-z0-9._-]{1,63}+)"),
            new NamePlace(
                    Kind.ACCOUNT, "([A-Za-z0-9_][A-Za-z0-9._+-]{1,63}+)@[A-Za-z0-9-]{1,63}+\\.[A-Za-z0-9.-]{2,200}+"));

    private NamePlace(Kind kind, String pattern, String... probes) {
        this(Set.of(probes), kind, Pattern.compile(pattern, Pattern.MULTILINE));
    }

    /** Those of the answers of one probe. */
    static List<NamePlace> in(String probe) {
        return ALL.stream()
                .filter(place -> place.probes.isEmpty() || place.probes.contains(probe))
                .toList();
    }

    /** The names that stand there. */
    Stream<String> names(String text) {
        return pattern.matcher(text).results().map(found -> found.group(1));
    }
}
