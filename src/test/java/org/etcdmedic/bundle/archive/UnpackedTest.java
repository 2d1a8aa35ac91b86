package org.etcdmedic.bundle.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.etcdmedic.bundle.BundleLimits;
import org.etcdmedic.bundle.WholeFiles;
import org.junit.jupiter.api.Test;

class UnpackedTest {
    private static final BundleLimits LIMITS = new BundleLimits(1 << 20, 4 << 20, 50, 200, 4, 100, 1 << 16, 1 << 20);

    @Test
    void skipsWhatIsThereAndNothingAtTheEnd() {
        assertThat(skipped(10, 4, 0, -1, Long.MAX_VALUE, 1, 1)).containsExactly(4L, 0L, 0L, 6L, 0L, 0L);
    }

    /** What skipping says each time, on a stream of so many bytes. */
    private static List<Long> skipped(int bytes, long... wanted) {
        var skipped = new ArrayList<Long>();
        WholeFiles.of(
                intake -> {
                    try (var stream = new Unpacked(new ByteArrayInputStream(new byte[bytes]), intake, () -> bytes)) {
                        for (long n : wanted) {
                            skipped.add(stream.skip(n));
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                LIMITS);
        return skipped;
    }
}
