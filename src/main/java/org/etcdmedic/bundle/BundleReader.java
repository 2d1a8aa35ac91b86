package org.etcdmedic.bundle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.knowledge.Knowledge;

/**
 * Reads a bundle: takes its files in, tells what they are and from which node, finds the time to judge, and makes captures of
 * them, so that everything behind this door is the same as for nodes that were asked. No secret leaves it.
 */
public final class BundleReader {
    /** Lines of a log are not written in perfect order. */
    private static final Duration SLACK = Duration.ofMinutes(2);

    private static final List<String> MANIFESTS = List.of("bundle.yaml", "scenario.yaml");

    private final BundleLimits limits;
    private final OwnCaptures own;
    private final TroubleTime troubles;
    private final InstantSource clock;

    /** A reader within these limits. */
    public BundleReader(Knowledge knowledge, BundleLimits limits, OwnCaptures own, InstantSource clock) {
        this.limits = limits;
        this.own = own;
        this.troubles = new TroubleTime(knowledge);
        this.clock = clock;
    }

    /** How much is taken. */
    public BundleLimits limits() {
        return limits;
    }

    /**
     * Reads it.
     *
     * @throws BundleRefused when it cannot be judged at all
     */
    public Bundle read(List<Handed> handed, BundleRequest request) {
        Optional<Instant> until =
                request.at().map(at -> at.plus(request.after()).plus(SLACK));
        var zone = request.zone()
                .map(given -> given.getRules().getOffset(request.at().orElse(clock.instant())))
                .orElse(request.assumed());
        var intake = new Intake(limits, until, zone);
        handed.forEach(one -> one.giveTo(intake));
        Optional<String> captures = intake.own("captures.json");
        Optional<String> manifest =
                MANIFESTS.stream().flatMap(name -> intake.own(name).stream()).findFirst();
        if (captures.isPresent() && manifest.isPresent()) {
            Bundle bundle = own.read(manifest.get(), captures.get(), request, leftAside(intake), clock.instant());
            return bundle.bundleCase().packaged().isPresent() ? bundle.without(PackageFiles.BESIDE) : bundle;
        }
        if (captures.isPresent() || manifest.isPresent()) {
            throw new BundleRefused(
                    BundleRefused.Reason.MANIFEST,
                    intake.skipped(),
                    captures.isPresent() ? "bundle.yaml" : "captures.json");
        }
        return new Sorting(intake.files(), intake.skipped(), request, troubles, clock.instant()).bundle();
    }

    /** Beside our own captures nothing else is judged: the rounds of a diagnosis belong together. */
    private static List<Skipped> leftAside(Intake intake) {
        var skipped = new ArrayList<>(intake.skipped());
        intake.files()
                .forEach(file -> skipped.add(new Skipped(EntryName.shown(file.path()), Skipped.Reason.NOT_JUDGED)));
        return skipped;
    }
}
