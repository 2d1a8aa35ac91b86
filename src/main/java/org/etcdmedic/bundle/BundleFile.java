package org.etcdmedic.bundle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A file of a bundle, as much of it as is kept.
 *
 * @param path where it lies in the bundle
 * @param text what is kept of it: its end, or the end of what reaches into the window; UTF-8 with replacement characters
 * @param bytes how many bytes of it are kept
 * @param fromBeginning whether what is kept begins where the file begins
 * @param last time of the last line kept that has one
 */
record BundleFile(String path, String text, long bytes, boolean fromBeginning, Optional<Instant> last) {
    /** The same file with nothing but these lines, each where it stood; empty when there are none. */
    Optional<BundleFile> only(Predicate<String> wanted) {
        List<String> lines =
                text.lines().map(line -> wanted.test(line) ? line : "").toList();
        return lines.stream().allMatch(String::isEmpty)
                ? Optional.empty()
                : Optional.of(new BundleFile(path, String.join("\n", lines) + "\n", bytes, fromBeginning, last));
    }

    /** The last step of its path. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path without its last step; empty when it lies at the top. */
    String folder() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
