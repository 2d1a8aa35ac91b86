package org.etcdmedic.bundle;

import java.util.List;
import java.util.Map;

/**
 * The files of an archive that are wanted whole, such as a directory of knowledge: opened with the same suspicion and within
 * the same limits as a bundle, and never unpacked to a disk.
 *
 * @param files content by path
 * @param skipped what was left aside
 */
public record WholeFiles(Map<String, byte[]> files, List<Skipped> skipped) {
    /** Copies the collections. */
    public WholeFiles {
        files = Map.copyOf(files);
        skipped = List.copyOf(skipped);
    }

    /**
     * Takes them.
     *
     * @throws BundleRefused when the whole is more than is taken, or no honest program packed it so
     */
    public static WholeFiles of(Handed handed, BundleLimits limits) {
        var intake = Intake.ofWhole(limits);
        handed.giveTo(intake);
        return new WholeFiles(intake.whole(), intake.skipped());
    }
}
