package org.etcdmedic.bundle;

/**
 * How much of a bundle is taken. Whoever hands it in may be hostile: every limit ends the reading by itself.
 *
 * @param handedIn bytes of the bundle as it is handed in
 * @param unpacked bytes of all its entries together, unpacked, those in nested archives included
 * @param entries how many entries it may have, those in nested archives included
 * @param ratio so many bytes at most may come out of one; checked once an entry has given more than a mebibyte
 * @param depth how many archives may lie in one another; {@code .tar.gz} counts as two
 * @param nameLength characters of an entry's name
 * @param keptOfFile bytes that are kept of one log: its end, or the end of what reaches into the window
 * @param kept bytes that are kept of all files; where there is more, the oldest logs are left out
 */
public record BundleLimits(
        long handedIn, long unpacked, int entries, int ratio, int depth, int nameLength, int keptOfFile, long kept) {
    private static final int MEBIBYTE = 1024 * 1024;

    /** What holds unless the operator says otherwise. */
    public static final BundleLimits DEFAULT =
            new BundleLimits(32L * MEBIBYTE, 512L * MEBIBYTE, 10_000, 500, 4, 512, MEBIBYTE, 16L * MEBIBYTE);

    /** Our own captures stand in one file, and a diagnosis brings more of them than somebody collects by hand. */
    private static final int OWN_CAPTURES = 4;

    /** Bytes that are read of one file of our own captures, and of all of them together. */
    public long ownFile() {
        return Math.min(unpacked, kept * OWN_CAPTURES);
    }

    /** Refuses a limit below one. */
    public BundleLimits {
        if (handedIn < 1
                || unpacked < 1
                || entries < 1
                || ratio < 1
                || depth < 1
                || nameLength < 1
                || keptOfFile < 1
                || kept < keptOfFile) {
            throw new IllegalArgumentException("every limit of a bundle is at least 1, and kept at least kept-of-file");
        }
    }
}
