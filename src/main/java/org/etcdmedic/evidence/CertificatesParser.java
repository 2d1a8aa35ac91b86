package org.etcdmedic.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.evidence.Certificates.Certificate;
import org.etcdmedic.evidence.Certificates.File;
import org.etcdmedic.evidence.Certificates.Role;
import org.etcdmedic.evidence.Certificates.Trust;
import org.etcdmedic.evidence.ExecutableFact.FileFact;
import org.etcdmedic.probe.Capture;

/**
 * Reads what the probe {@code certificates} prints:
 *
 * <pre>
 * user Ruby
 * openssl present
 * file SERVER /usr/local/etcd/etcd.crt
 * stat 600 Ruby dbgrp 1220 1795395255 regular file
 * readable
 * notBefore=Nov 20 03:47:45 2025 GMT
 * notAfter=Nov  2 03:47:45 2026 GMT
 * subject=CN = etcd_7001
 * issuer=CN = GaussDB etcd CA
 * names IP Address:198.51.100.11, IP Address:127.0.0.1
 * verify CN = etcd_7001 error 10 at 0 depth lookup: certificate has expired
 * file SERVER_KEY /usr/local/etcd/etcd.key
 * stat 600 Ruby dbgrp 227 1795395255 regular file
 * readable
 * end
 * </pre>
 *
 * Without the last line it is unusable: what was cut off may be the file that matters.
 */
final class CertificatesParser {
    /** As OpenSSL prints dates; the day is padded with a blank. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMM d HH:mm:ss uuuu 'GMT'", Locale.ROOT);

    private CertificatesParser() {}

    static Optional<Certificates> parse(Capture.Answer answer) {
        Lines lines = Lines.of(answer);
        if (!lines.list().contains("end")) {
            return Optional.empty();
        }
        var files = new ArrayList<File>();
        int number = 1;
        while (number <= lines.count()) {
            int last = number;
            if (lines.at(number).startsWith("file ")) {
                while (last < lines.count() && !heading(lines.at(last + 1))) {
                    last++;
                }
                file(lines, number, last).ifPresent(files::add);
            }
            number = last + 1;
        }
        return Optional.of(new Certificates(
                lines.value("user").orElse(""),
                lines.value("openssl").filter("present"::equals).isPresent(),
                files));
    }

    private static boolean heading(String line) {
        return line.startsWith("file ") || line.equals("end");
    }

    private static Optional<File> file(Lines lines, int first, int last) {
        List<String> heading = Words.of(lines.at(first), 3);
        Optional<Role> role = heading.size() < 3
                ? Optional.empty()
                : Arrays.stream(Role.values())
                        .filter(r -> r.name().equals(heading.get(1)))
                        .findFirst();
        List<String> told = lines.list().subList(first, last);
        Optional<FileFact> stat =
                told.stream().flatMap(line -> StatLine.parse(line).stream()).findFirst();
        String complaint = told.stream()
                .filter(line -> stat.isEmpty() && line.startsWith("stat:"))
                .map(line -> line.substring(line.lastIndexOf(": ") + 2).strip())
                .findFirst()
                .orElse("");
        return role.map(r -> new File(
                r,
                heading.get(2),
                stat,
                complaint,
                told.contains("readable"),
                r.key() ? Optional.empty() : certificate(told),
                lines.source(first, last)));
    }

    private static Optional<Certificate> certificate(List<String> told) {
        Optional<Instant> from = value(told, "notBefore=").flatMap(CertificatesParser::date);
        Optional<Instant> until = value(told, "notAfter=").flatMap(CertificatesParser::date);
        if (from.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        String verify = value(told, "verify ").orElse("");
        return Optional.of(new Certificate(
                from.get(),
                until.get(),
                value(told, "subject=").orElse(""),
                value(told, "issuer=").orElse(""),
                value(told, "names ").stream()
                        .flatMap(names -> Arrays.stream(names.split(",", 128)))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                trust(verify),
                verify));
    }

    private static Optional<String> value(List<String> told, String label) {
        return told.stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).strip())
                .findFirst();
    }

    static Optional<Instant> date(String text) {
        try {
            return Optional.of(LocalDateTime.parse(String.join(" ", Words.of(text, 8)), DATE)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /** OpenSSL numbers its reasons: 9 not yet valid, 10 expired; the others that it gives here are about the issuer. */
    private static Trust trust(String verify) {
        if (verify.endsWith(": OK")) {
            return Trust.TRUSTED;
        }
        List<String> words = Words.of(verify);
        int at = words.indexOf("error");
        if (at < 0 || at + 2 >= words.size() || !words.get(at + 2).equals("at")) {
            return Trust.UNKNOWN;
        }
        return switch (words.get(at + 1)) {
            case "9", "10" -> Trust.OUT_OF_TIME;
            case "2", "7", "18", "19", "20", "21", "29", "30" -> Trust.UNTRUSTED;
            default -> Trust.UNKNOWN;
        };
    }
}
