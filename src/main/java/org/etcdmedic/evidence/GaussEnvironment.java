package org.etcdmedic.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the database is installed, as several places say. The running processes are the best witnesses, then the
 * separate environment file, then the login shell.
 *
 * @param origins what each place says, best first
 */
public record GaussEnvironment(List<Origin> origins) {
    /** Name under which a place tells the chroot that it lives in; an empty value is none. */
    static final String ROOT = "(root)";

    /** Copies the list. */
    public GaussEnvironment {
        origins = List.copyOf(origins);
    }

    /**
     * What one place says.
     *
     * @param kind {@code process om_monitor}, {@code env-file}, {@code login-shell}, ...
     * @param variables names and values, only those that matter here
     */
    public record Origin(String kind, Map<String, String> variables) {
        /** Copies the map. */
        public Origin {
            variables = Map.copyOf(variables);
        }
    }

    /** The chroot that the best-placed witness of the installation lives in, such as {@code /var/chroot}; empty for none. */
    public String root() {
        return origins.stream()
                .map(Origin::variables)
                .filter(variables -> !variables.getOrDefault("GAUSSHOME", "").isBlank())
                .findFirst()
                .map(variables -> variables.getOrDefault(ROOT, ""))
                .orElse("");
    }

    /** The best-placed value of a variable, when any place has one that is not blank. */
    public Optional<String> value(String name) {
        return origins.stream()
                .map(origin -> origin.variables().get(name))
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }
}
