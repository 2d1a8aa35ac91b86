package org.etcdmedic.diagnosis;

import org.etcdmedic.bundle.BundleLimits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of a bundle is taken ({@code medic.bundle.*}); meanings as in {@link BundleLimits}.
 *
 * @param maxSize the bundle as it is handed in
 * @param maxUnpacked all its entries together, unpacked
 * @param maxEntries entries
 * @param maxRatio so many bytes at most out of one
 * @param maxDepth archives in one another
 * @param maxNameLength characters of a name
 * @param keptPerFile kept of one log
 * @param kept kept of all files
 * @param atOnce so many bundles are held and read at the same time; more are answered with 503
 */
@ConfigurationProperties("medic.bundle")
record BundleSettings(
        @DefaultValue("32MB") DataSize maxSize,
        @DefaultValue("512MB") DataSize maxUnpacked,
        @DefaultValue("10000") int maxEntries,
        @DefaultValue("500") int maxRatio,
        @DefaultValue("4") int maxDepth,
        @DefaultValue("512") int maxNameLength,
        @DefaultValue("1MB") DataSize keptPerFile,
        @DefaultValue("16MB") DataSize kept,
        @DefaultValue("2") int atOnce) {
    BundleSettings {
        if (atOnce < 1) {
            throw new IllegalArgumentException("medic.bundle: at-once is at least 1");
        }
    }

    BundleLimits limits() {
        return new BundleLimits(
                maxSize.toBytes(),
                maxUnpacked.toBytes(),
                maxEntries,
                maxRatio,
                maxDepth,
                maxNameLength,
                Math.toIntExact(keptPerFile.toBytes()),
                kept.toBytes());
    }
}
