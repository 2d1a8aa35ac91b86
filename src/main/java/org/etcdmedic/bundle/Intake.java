package org.etcdmedic.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes the files of a bundle as they stream by, and keeps of each what can matter. Nothing is ever written to a disk. */
public final class Intake {
    /** Files of our own format, which are read whole. */
    private static final Set<String> OWN = Set.of("captures.json", "bundle.yaml", "scenario.yaml");

    /** More comes out of an entry than comes out of a packed log. */
    public static final class TooDense extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final BundleLimits limits;
    private final Optional<Instant> until;
    private final ZoneOffset zone;

    /** Whether every file is read whole, as our own are anyway. */
    private final boolean whole;

    private final Map<String, BundleFile> files = new LinkedHashMap<>();
    private final Map<String, byte[]> own = new LinkedHashMap<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private long held;
    private long heldOfOwn;
    private long unpacked;
    private int entries;

    Intake(BundleLimits limits, Optional<Instant> until, ZoneOffset zone) {
        this(limits, until, zone, false);
    }

    private Intake(BundleLimits limits, Optional<Instant> until, ZoneOffset zone, boolean whole) {
        this.limits = limits;
        this.until = until;
        this.zone = zone;
        this.whole = whole;
    }

    /** One that reads every file whole. */
    static Intake ofWhole(BundleLimits limits) {
        return new Intake(limits, Optional.empty(), ZoneOffset.UTC, true);
    }

    /** What holds for this bundle. */
    public BundleLimits limits() {
        return limits;
    }

    /** Notes a part that is left aside. */
    public void skip(String path, Skipped.Reason reason) {
        skipped.add(new Skipped(EntryName.shown(path), reason));
    }

    /** Counts an entry, whatever becomes of it. */
    public void entry() {
        entries++;
        if (entries > limits.entries()) {
            throw new BundleRefused(BundleRefused.Reason.TOO_MANY_ENTRIES, skipped, "");
        }
    }

    /** Counts bytes that came out of an archive, also of what is left aside. */
    public void unpacked(long bytes) {
        unpacked += bytes;
        if (unpacked > limits.unpacked()) {
            throw new BundleRefused(BundleRefused.Reason.UNPACKS_TOO_LARGE, skipped, "");
        }
    }

    /**
     * Whether a name may be used; where not, the part is noted as left aside.
     *
     * @param name as the archive states it
     * @param path the same behind the path of the archive, when that lies in another one
     */
    public boolean accepts(String name, String path) {
        Optional<Skipped.Reason> wrong = EntryName.wrong(name, limits);
        if (wrong.isEmpty() && !names.add(EntryName.normal(path))) {
            wrong = Optional.of(Skipped.Reason.DUPLICATE_NAME);
        }
        wrong.ifPresent(reason -> skip(path, reason));
        return wrong.isEmpty();
    }

    /** Takes one plain file of an accepted name. What it holds before a damage is kept. */
    public void file(String path, InputStream in) {
        String normal = EntryName.normal(path);
        String name = normal.substring(normal.lastIndexOf('/') + 1);
        if (whole || OWN.contains(name)) {
            ownFile(normal, in);
            return;
        }
        var tail = new Tail(limits.keptOfFile(), until, zone);
        boolean damaged = false;
        try {
            tail.read(in);
        } catch (TooDense bomb) {
            skip(path, Skipped.Reason.RATIO);
            return;
        } catch (IOException damage) {
            damaged = true;
        }
        BundleFile file = tail.file(normal);
        if (damaged) {
            skip(path, file.bytes() == 0 ? Skipped.Reason.DAMAGED : Skipped.Reason.CUT_SHORT);
        }
        if (file.bytes() > 0) {
            keep(file);
        } else if (!damaged) {
            skip(path, tail.later() ? Skipped.Reason.OTHER_TIME : Skipped.Reason.EMPTY);
        }
    }

    private void ownFile(String path, InputStream in) {
        try {
            long most = limits.ownFile();
            byte[] bytes = in.readNBytes((int) Math.min(most, Integer.MAX_VALUE - 16) + 1);
            if (bytes.length > most) {
                skip(path, Skipped.Reason.TOO_MUCH);
                return;
            }
            // Each may be as long as that, but not each of many: they may lie in every folder of an archive.
            heldOfOwn += bytes.length;
            if (heldOfOwn > (whole ? limits.kept() : most)) {
                throw new BundleRefused(BundleRefused.Reason.UNPACKS_TOO_LARGE, skipped, "");
            }
            own.put(path, bytes);
        } catch (TooDense bomb) {
            skip(path, Skipped.Reason.RATIO);
        } catch (IOException damage) {
            skip(path, Skipped.Reason.DAMAGED);
        }
    }

    private void keep(BundleFile file) {
        files.put(file.path(), file);
        held += file.bytes();
        while (held > limits.kept()) {
            BundleFile oldest = files.values().stream()
                    .min(Comparator.comparing(f -> f.last().orElse(Instant.MIN)))
                    .orElseThrow();
            files.remove(oldest.path());
            held -= oldest.bytes();
            skip(oldest.path(), Skipped.Reason.TOO_MUCH);
        }
    }

    /** The plain files. */
    List<BundleFile> files() {
        return List.copyOf(files.values());
    }

    /** The text of one of our own files, wherever in the bundle it lies; the uppermost where there are several. */
    Optional<String> own(String name) {
        return own.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().endsWith("/" + name))
                .min(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(entry -> new String(entry.getValue(), StandardCharsets.UTF_8));
    }

    /** The files that were read whole, by path. */
    Map<String, byte[]> whole() {
        return Collections.unmodifiableMap(own);
    }

    /** What was left aside so far. */
    List<Skipped> skipped() {
        return List.copyOf(skipped);
    }
}
