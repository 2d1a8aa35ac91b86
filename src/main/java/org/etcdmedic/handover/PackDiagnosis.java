package org.etcdmedic.handover;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.etcdmedic.bundle.BundleCase.Packaged;
import org.etcdmedic.bundle.PackageFiles;
import org.etcdmedic.bundle.json.OwnCapturesText;
import org.etcdmedic.diagnosis.Diagnoses;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.Diagnosis.Progress;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.platform.Texts;
import org.etcdmedic.report.DiagnosisReport;
import org.etcdmedic.report.ReportFormat;
import org.etcdmedic.veil.Pseudonym;
import org.etcdmedic.veil.Secret;

/**
 * Packs a concluded diagnosis for another team. Names and addresses have pseudonyms in it; what these stand for stays here. The same
 * diagnosis gives the same package, and each diagnosis has pseudonyms of its own, so that no two packages can be laid side by side.
 */
public final class PackDiagnosis {
    private final Diagnoses diagnoses;
    private final Instances instances;
    private final Knowledge knowledge;
    private final Secrets secrets;
    private final Writing writing;

    PackDiagnosis(Diagnoses diagnoses, Instances instances, Knowledge knowledge, Secrets secrets, Writing writing) {
        this.diagnoses = diagnoses;
        this.instances = instances;
        this.knowledge = knowledge;
        this.secrets = secrets;
        this.writing = writing;
    }

    /** How the parts of a package are written. */
    record Writing(List<ReportFormat> reports, Judgements judgements, Archive archive, String product) {
        /** Copies the list. */
        Writing {
            reports = List.copyOf(reports);
        }

        String report(String type, DiagnosisReport report, Locale locale) {
            return reports.stream()
                    .filter(format -> format.type().equals(type))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("reports are written as " + type))
                    .writeAlone(report, locale);
        }
    }

    /** The package in a reader's language; empty while there is no verdict, and where it was not kept what was judged. */
    public Optional<PackedDiagnosis> of(Diagnosis diagnosis, Locale locale) {
        return packing(diagnosis).map(packing -> {
            Map<String, String> files = files(diagnosis, packing, locale);
            String folder = "etcd-medic-" + diagnosis.id();
            return new PackedDiagnosis(folder + ".tar.gz", writing.archive().of(folder, files, diagnosis.queuedAt()));
        });
    }

    /** What the pseudonyms of the package stand for; empty when there is none. */
    public Optional<List<Pseudonym>> names(Diagnosis diagnosis) {
        return packing(diagnosis).map(Packing::names);
    }

    private Optional<Packing> packing(Diagnosis diagnosis) {
        return diagnosis
                .judgement()
                .flatMap(judgement -> diagnoses.judged(diagnosis.id()).map(about -> {
                    Secret secret = secrets.own().of("package " + diagnosis.id());
                    var source =
                            new Packaged(diagnosis.id().toString(), writing.product(), judgement.knowledgeVersion());
                    var content = new Packing.Content(
                            about,
                            diagnoses.captures(diagnosis.id()).stream()
                                    .map(StoredCapture::asTaken)
                                    .toList(),
                            judgement,
                            instances.find(diagnosis.instance()).map(Instance::name).stream()
                                    .toList());
                    return Packing.of(content, source, secret, knowledge, writing.judgements());
                }));
    }

    private Map<String, String> files(Diagnosis diagnosis, Packing packing, Locale locale) {
        DiagnosisReport report = DiagnosisReport.of(
                        veiled(diagnosis, packing),
                        // What was found before names other diagnoses, which nobody outside can look up.
                        Optional.empty(),
                        packing.captures().stream().map(StoredCapture::of).toList())
                .orElseThrow(() -> new IllegalStateException("what is packed has a verdict"));
        OwnCapturesText own = OwnCapturesText.of(packing.about(), packing.captures());
        var files = new LinkedHashMap<String, String>();
        files.put(PackageFiles.README, readme(diagnosis, packing, locale));
        files.put(PackageFiles.PAGE, writing.report("text/html", report, locale));
        files.put(PackageFiles.MARKDOWN, writing.report("text/markdown", report, locale));
        files.put(PackageFiles.VERDICT, writing.judgements().verdict(packing.judgement()));
        files.put(PackageFiles.FINDINGS, writing.judgements().findings(packing.judgement()));
        files.put(PackageFiles.TIMELINE, writing.judgements().timeline(packing.judgement()));
        files.put(PackageFiles.MANIFEST, own.manifest());
        files.put(PackageFiles.CAPTURES, own.captures());
        files.put(PackageFiles.SUMS, sums(files));
        return files;
    }

    private static Diagnosis veiled(Diagnosis diagnosis, Packing packing) {
        var about = packing.about();
        Progress progress = diagnosis.progress() instanceof Progress.Completed completed
                ? new Progress.Completed(completed.startedAt(), completed.completedAt(), packing.judgement())
                : diagnosis.progress();
        String machine = about.nodes().stream()
                .filter(node -> node.node().id().equals(about.named()))
                .findFirst()
                .map(node -> node.node().vmId())
                .orElse(null);
        return new Diagnosis(
                diagnosis.id(),
                about.instance(),
                about.named(),
                machine,
                diagnosis.mode(),
                diagnosis.alarmedAt(),
                diagnosis.queuedAt(),
                progress,
                diagnosis.rerun());
    }

    private String readme(Diagnosis diagnosis, Packing packing, Locale locale) {
        return new Texts(locale)
                .text(
                        "package.readme",
                        diagnosis.id().toString(),
                        writing.product(),
                        packing.judgement().knowledgeVersion());
    }

    /** As {@code sha256sum -c} reads them. */
    private static String sums(Map<String, String> files) {
        return files.entrySet().stream()
                .map(file -> sum(file.getValue()) + "  " + file.getKey() + "\n")
                .collect(Collectors.joining());
    }

    private static String sum(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
