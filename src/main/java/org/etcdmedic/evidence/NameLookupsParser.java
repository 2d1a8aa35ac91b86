package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.etcdmedic.evidence.NameLookups.Lookup;
import org.etcdmedic.evidence.NameLookups.Result;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code resolve-names} prints, the exit status being that of {@code getent} (2: not found) or of
 * {@code timeout} (124):
 *
 * <pre>
 * name etcd-1.example exit 0 198.51.100.11
 * name etcd-2.example exit 2
 * name etcd-3.example exit 124
 * end
 * </pre>
 *
 * Without the last line it is unusable.
 */
final class NameLookupsParser {
    private NameLookupsParser() {}

    static Optional<NameLookups> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        if (!lines.list().contains("end")) {
            return Optional.empty();
        }
        var lookups = new ArrayList<Lookup>();
        for (int number = 1; number <= lines.count(); number++) {
            List<String> words = Words.of(lines.at(number), 32);
            if (words.size() < 4
                    || !words.get(0).equals("name")
                    || !words.get(2).equals("exit")) {
                continue;
            }
            List<String> addresses = words.subList(4, words.size());
            OptionalInt exit = Words.smallNumber(words.get(3));
            if (exit.isPresent()) {
                lookups.add(new Lookup(
                        words.get(1), result(exit.getAsInt(), !addresses.isEmpty()), addresses, lines.source(number)));
            }
        }
        return Optional.of(new NameLookups(lookups));
    }

    private static Result result(int exit, boolean addresses) {
        return switch (exit) {
            case 0 -> addresses ? Result.FOUND : Result.FAILED;
            case 2 -> Result.UNKNOWN_NAME;
            case 124 -> Result.TIMED_OUT;
            default -> Result.FAILED;
        };
    }
}
