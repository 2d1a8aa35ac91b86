package org.etcdmedic.knowledge.yaml;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.knowledge.CauseCode;

/**
 * What other files may refer to. Told by the files' names, so that a mistake in one file does not make every reference to
 * it look dangling.
 *
 * @param causes codes of the causes
 * @param findings ids of the kinds of findings
 * @param signatures ids of the signatures
 * @param remediation ids of the steps
 */
record Ids(Set<CauseCode> causes, Set<String> findings, Set<String> signatures, Set<String> remediation) {
    static Ids of(Collection<String> paths) {
        return new Ids(
                in(paths, "causes/").stream()
                        .filter(stem -> stem.matches("[A-Z][A-Z0-9_]{1,60}"))
                        .map(CauseCode::new)
                        .collect(Collectors.toSet()),
                in(paths, "findings/"),
                in(paths, "signatures/"),
                in(paths, "remediation/"));
    }

    /** Whatever a node can show: kinds of findings, and lines of its logs. */
    Set<String> seen() {
        return Stream.concat(findings.stream(), signatures.stream()).collect(Collectors.toSet());
    }

    /** Names of the files in a folder, without their ending. */
    static Set<String> in(Collection<String> paths, String folder) {
        return paths.stream()
                .filter(path -> path.startsWith(folder) && path.endsWith(".yaml"))
                .map(path -> path.substring(folder.length(), path.length() - ".yaml".length()))
                .collect(Collectors.toSet());
    }
}
