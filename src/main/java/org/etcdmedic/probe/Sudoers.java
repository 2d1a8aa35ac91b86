package org.etcdmedic.probe;

import java.util.Locale;
import java.util.stream.Collectors;
import org.etcdmedic.inventory.OsUser;

/** The file for {@code /etc/sudoers.d} that lets a login run the probes as another account, and nothing else. */
public final class Sudoers {
    private static final String HEAD = """
            # What etcd-medic may run through sudo on a database node: its catalogue of probes, word for word.
            # Written by "etcd-medic probes --sudoers". Write it again with each release; check it with visudo -cf.
            # Tabs stand where a script has spaces. That is meant: sudo compares words joined with spaces.
            """;

    /** What a rule compares by shape ({@code fnmatch}) and must be taken as it stands. */
    private static final String SHAPES = "*?[]";

    /** What ends a word or a rule in a sudoers file. */
    private static final String ENDS = ",:=# \t";

    private Sudoers() {}

    /**
     * The file, in the words of sudo 1.8 and later.
     *
     * @param login who logs in
     * @param dbUser the account of the database
     */
    public static String of(ProbeCatalogue catalogue, OsUser login, OsUser dbUser) {
        var file = new StringBuilder(HEAD);
        // Programs are found where only root can put one; nothing of the login's environment comes along.
        file.append("Defaults:").append(login).append(" env_reset, !setenv, !requiretty, env_keep = \"LC_ALL\", \\\n");
        file.append("    secure_path = \"/usr/sbin:/usr/bin:/sbin:/bin\"\n");
        for (Probe probe : catalogue.all()) {
            if (probe.runAs() != RunAs.LOGIN) {
                OsUser as = probe.runAs() == RunAs.ROOT ? new OsUser("root") : dbUser;
                String alias = "ETCD_MEDIC_"
                        + probe.id().value().toUpperCase(Locale.ROOT).replace('-', '_');
                file.append("\n# ").append(probe.why().getOrDefault("en", "")).append('\n');
                file.append("Cmnd_Alias ")
                        .append(alias)
                        .append(" = ")
                        .append(rule(probe))
                        .append('\n');
                file.append(login)
                        .append(" ALL = (")
                        .append(as)
                        .append(") NOPASSWD: ")
                        .append(alias)
                        .append('\n');
            }
        }
        return file.toString();
    }

    private static String rule(Probe probe) {
        return probe.sudoWords().stream().map(Sudoers::literal).collect(Collectors.joining(" "));
    }

    private static String literal(String word) {
        var text = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\') {
                text.append("\\\\\\\\"); // once for the file, once for the shape
            } else if (SHAPES.indexOf(c) >= 0 || ENDS.indexOf(c) >= 0) {
                text.append('\\').append(c);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
