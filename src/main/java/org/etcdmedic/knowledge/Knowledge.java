package org.etcdmedic.knowledge;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything we know, in one version that never changes. */
public final class Knowledge {
    private final String version;
    private final List<Cause> causes;
    private final Map<CauseCode, Cause> causesByCode;
    private final Map<String, FindingKind> findings;
    private final List<Signature> signatures;
    private final Map<String, Remediation> remediation;
    private final Map<String, Phrase> phrases;

    /** Knowledge made of these items, each id once. */
    public Knowledge(
            String version,
            Collection<Cause> causes,
            Collection<FindingKind> findings,
            Collection<Signature> signatures,
            Collection<Remediation> remediation,
            Collection<Phrase> phrases) {
        this.version = version;
        this.causes = causes.stream()
                .sorted(Comparator.comparingInt(Cause::rank).thenComparing(Cause::code))
                .toList();
        this.causesByCode = byId(causes, Cause::code);
        this.findings = byId(findings, FindingKind::id);
        this.signatures =
                signatures.stream().sorted(Comparator.comparing(Signature::id)).toList();
        this.remediation = byId(remediation, Remediation::id);
        this.phrases = byId(phrases, Phrase::id);
    }

    private static <K, V> Map<K, V> byId(Collection<V> items, Function<V, K> id) {
        return items.stream().collect(Collectors.toUnmodifiableMap(id, Function.identity()));
    }

    /** First digits of the SHA-256 over all files it was read from. */
    public String version() {
        return version;
    }

    /** All causes, by rank. */
    public List<Cause> causes() {
        return causes;
    }

    /** The cause with this code, when it is in the catalogue. */
    public Optional<Cause> findCause(CauseCode code) {
        return Optional.ofNullable(causesByCode.get(code));
    }

    /** The cause with this code; asking for one that is not in the catalogue is a programming error. */
    public Cause cause(CauseCode code) {
        return known(causesByCode, code);
    }

    /** The kind of finding with this id; asking for one that is not in the catalogue is a programming error. */
    public FindingKind finding(String id) {
        return known(findings, id);
    }

    /** All kinds of findings, by id. */
    public List<FindingKind> findings() {
        return findings.values().stream()
                .sorted(Comparator.comparing(FindingKind::id))
                .toList();
    }

    /** All signatures, by id. */
    public List<Signature> signatures() {
        return signatures;
    }

    /** The remediation with this id; asking for one that is not in the catalogue is a programming error. */
    public Remediation remediation(String id) {
        return known(remediation, id);
    }

    /** All remediation, by id. */
    public List<Remediation> remediation() {
        return remediation.values().stream()
                .sorted(Comparator.comparing(Remediation::id))
                .toList();
    }

    /** The phrase with this id; asking for one that is not in the catalogue is a programming error. */
    public Phrase phrase(String id) {
        return known(phrases, id);
    }

    /** All phrases, by id. */
    public List<Phrase> phrases() {
        return phrases.values().stream()
                .sorted(Comparator.comparing(Phrase::id))
                .toList();
    }

    private static <K, V> V known(Map<K, V> items, K id) {
        V item = items.get(id);
        if (item == null) {
            throw new IllegalArgumentException("nothing is known as " + id);
        }
        return item;
    }
}
