package org.etcdmedic.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.evidence.Certificates;
import org.etcdmedic.evidence.Certificates.Certificate;
import org.etcdmedic.evidence.Certificates.File;
import org.etcdmedic.evidence.Certificates.Role;
import org.etcdmedic.evidence.Certificates.Trust;
import org.etcdmedic.evidence.EtcdCommand;
import org.etcdmedic.evidence.Log;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/**
 * Row B12: the certificate and key files as they stand, beside what the logs complain of (row B2). The two together confirm:
 * a file that is not as it should be may be one that nobody uses, and a complaint may be about somebody else's.
 */
final class CertificateExamination implements Examination {
    /** The log's row. */
    static final String COMPLAINTS = "B2";

    private static final String ROW = "B12";

    /** The cluster manager itself warns 90 days ahead. */
    private static final Duration SOON = Duration.ofDays(90);

    /** Permission bits that a key should not have: execute for its owner, anything for others. */
    private static final int TOO_OPEN = 0177;

    @Override
    public List<Observation> examine(NodeCase node) {
        return switch (node.evidence().certificates()) {
            case Reading.Unknown<Certificates> unknown -> unknown(node, unknown);
            case Reading.Known<Certificates>(Certificates certificates, Source source) -> {
                var seen = new ArrayList<Observation>();
                certificates
                        .files()
                        .forEach(file -> file(node, certificates, file).ifPresent(seen::add));
                if (seen.isEmpty() && fine(node)) {
                    seen.add(Observation.seen(
                            "certificates-fine", Map.of("until", Instants.text(firstEnd(certificates))), source));
                }
                certificates.files().forEach(file -> warning(node, file).ifPresent(seen::add));
                if (!certificates.openssl() && !AddressExamination.sees(node)) {
                    seen.add(new Observation.NotLooked(
                            ROW, Reading.Gap.MISSING, "the node has no openssl that could read a certificate"));
                }
                yield seen;
            }
        };
    }

    /** Asked only where etcd speaks TLS; members that all answer have just shown that their certificates are accepted. */
    private static List<Observation> unknown(NodeCase node, Reading.Unknown<Certificates> unknown) {
        boolean wanted = EtcdCommand.of(node.evidence())
                .flatMap(command -> command.flag("cert-file").or(() -> command.flag("peer-cert-file")))
                .isPresent();
        return wanted && !AddressExamination.sees(node) ? List.of(Observation.notLooked(ROW, unknown)) : List.of();
    }

    /** Whether each file could be read, is within its time, vouched for, and for this member's addresses. */
    static boolean fine(NodeCase node) {
        return node.evidence()
                .certificates()
                .known()
                .filter(Certificates::openssl)
                .filter(certificates -> certificates.files().stream().anyMatch(f -> f.role() == Role.SERVER)
                        && certificates.files().stream()
                                .allMatch(file -> file(node, certificates, file).isEmpty()
                                        && (file.role().key()
                                                || file.certificate()
                                                        .filter(c -> c.trust() == Trust.TRUSTED)
                                                        .isPresent())))
                .isPresent();
    }

    /** What is wrong with one file; the first thing only, since the others often follow from it. */
    private static Optional<Observation> file(NodeCase node, Certificates certificates, File file) {
        if (file.stat().isEmpty()) {
            // The cluster manager's own may lie elsewhere.
            return file.role() == Role.CLIENT || file.role() == Role.CLIENT_KEY
                    ? Optional.empty()
                    : seen("certificate-file-missing", file, Map.of("error", file.error()));
        }
        if (!file.readable()) {
            return seen(
                    "certificate-file-unreadable",
                    file,
                    Map.of(
                            "user", certificates.observer(),
                            "owner", file.stat().get().owner(),
                            "mode", Modes.text(file.stat().get().mode())));
        }
        return file.certificate().flatMap(certificate -> certificate(node, file, certificate));
    }

    private static Optional<Observation> certificate(NodeCase node, File file, Certificate certificate) {
        Instant then = node.window().to();
        if (certificate.notAfter().isBefore(then)) {
            String kind = unfelt(node) ? "certificate-expired-unfelt" : "certificate-expired";
            return seen(
                    kind,
                    file,
                    Map.of("subject", certificate.subject(), "until", Instants.text(certificate.notAfter())));
        }
        if (certificate.notBefore().isAfter(then)) {
            return seen(
                    "certificate-not-yet-valid",
                    file,
                    Map.of("subject", certificate.subject(), "from", Instants.text(certificate.notBefore())));
        }
        return switch (certificate.trust()) {
            case OUT_OF_TIME ->
                // Within its time by our clock: either the authority has expired, which its own file tells, or the
                // clock is wrong.
                seen(
                        "certificate-out-of-time-by-node",
                        file,
                        Map.of(
                                "from", Instants.text(certificate.notBefore()),
                                "until", Instants.text(certificate.notAfter())));
            case UNTRUSTED ->
                unfelt(node)
                        ? Optional.empty()
                        : seen(
                                "certificate-untrusted",
                                file,
                                Map.of("issuer", certificate.issuer(), "words", certificate.verdict()));
            case TRUSTED, UNKNOWN -> names(node, file, certificate);
        };
    }

    /** Others dial the addresses that it advertises, and refuse a certificate that is for none of them. */
    private static Optional<Observation> names(NodeCase node, File file, Certificate certificate) {
        if ((file.role() != Role.SERVER && file.role() != Role.PEER) || unfelt(node)) {
            return Optional.empty();
        }
        return EtcdCommand.of(node.evidence()).stream()
                .flatMap(command -> command.ownHosts().stream())
                .filter(host -> !certificate.isFor(host))
                .findFirst()
                .flatMap(host -> seen(
                        "certificate-names-other",
                        file,
                        Map.of(
                                "address",
                                host,
                                "names",
                                certificate.names().isEmpty() ? "-" : String.join(", ", certificate.names()))));
    }

    private static Optional<Observation> warning(NodeCase node, File file) {
        Instant then = node.window().to();
        if (file.role().key()
                && file.stat().filter(stat -> (stat.mode() & TOO_OPEN) != 0).isPresent()) {
            return seen(
                    "certificate-key-open",
                    file,
                    Map.of("mode", Modes.text(file.stat().get().mode())));
        }
        return file.certificate()
                .filter(c -> !c.notAfter().isBefore(then) && c.notAfter().isBefore(then.plus(SOON)))
                .flatMap(c -> seen(
                        "certificate-ends-soon",
                        file,
                        Map.of(
                                "until", Instants.text(c.notAfter()),
                                "days",
                                        String.valueOf(Duration.between(then, c.notAfter())
                                                .toDays()))));
    }

    /** Every member answers a session that was opened just now, and nobody complained in the window. */
    private static boolean unfelt(NodeCase node) {
        return AddressExamination.sees(node)
                && node.inWindow(Log.Program.ETCD).stream()
                        .noneMatch(line -> line.signature().check().equals(COMPLAINTS)
                                && !line.signature().supports().isEmpty());
    }

    private static Instant firstEnd(Certificates certificates) {
        return certificates.files().stream()
                .flatMap(file -> file.certificate().stream())
                .map(Certificate::notAfter)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    private static Optional<Observation> seen(String kind, File file, Map<String, String> more) {
        var variables = new java.util.HashMap<>(more);
        variables.put(file.role().key() ? "keyFile" : "certificate", file.path());
        variables.put("file", file.path());
        return Optional.of(Observation.seen(kind, variables, file.source()));
    }
}
