package org.etcdmedic.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.etcdmedic.bundle.Bundles.bytes;
import static org.etcdmedic.bundle.Bundles.files;
import static org.etcdmedic.bundle.Bundles.gzip;
import static org.etcdmedic.bundle.Bundles.nothingSaid;
import static org.etcdmedic.bundle.Bundles.read;
import static org.etcdmedic.bundle.Bundles.tar;
import static org.etcdmedic.bundle.Bundles.zip;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.etcdmedic.bundle.Skipped.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives that want to do harm, or were harmed: what can be read is read, what was left aside is named. */
@SuppressWarnings("StringConcatToTextBlock") // parts of one text, told apart
class HostileArchivesTest {
    private static final String LOG = "2026-11-22 10:00:00.112936 I | etcdmain: etcd Version: 3.4.23\n";
    private static final BundleLimits SMALL = new BundleLimits(1 << 20, 4 << 20, 50, 200, 4, 100, 1 << 16, 1 << 20);

    /** A good log and one bad entry beside it. */
    private static Map<String, byte[]> beside(String name, byte[] content) {
        var files = files("good/etcd.log", LOG);
        files.put(name, content);
        return files;
    }

    static Stream<Arguments> badNames() {
        return Stream.of(
                arguments("../../etc/cron.d/x", Reason.CLIMBS_OUT),
                arguments("a/../../x.log", Reason.CLIMBS_OUT),
                arguments("..\\..\\x.log", Reason.CLIMBS_OUT),
                arguments("/etc/passwd", Reason.ABSOLUTE_NAME),
                arguments("C:\\windows\\x.log", Reason.ABSOLUTE_NAME),
                arguments("red\u001b[31m.log", Reason.NAME_UNUSABLE),
                arguments("a\u0000b.log", Reason.NAME_UNUSABLE),
                arguments("gol\u202e.txt", Reason.NAME_UNUSABLE),
                arguments("line\nbreak.log", Reason.NAME_UNUSABLE),
                arguments("n".repeat(101), Reason.NAME_TOO_LONG));
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void readsPastAnEntryOfAnUnusableNameInAZip(String name, Reason reason) {
        assertReadsPast(read("a.zip", zip(beside(name, bytes(LOG))), nothingSaid(), SMALL), reason);
    }

    @ParameterizedTest
    @MethodSource("badNames")
    void readsPastAnEntryOfAnUnusableNameInATar(String name, Reason reason) {
        if (name.indexOf('\0') >= 0) {
            return; // a tar's name ends there
        }
        assertReadsPast(read("a.tar", tar(beside(name, bytes(LOG))), nothingSaid(), SMALL), reason);
    }

    private static void assertReadsPast(Bundle bundle, Reason reason) {
        assertThat(bundle.bundleCase().files())
                .extracting(BundleCase.ReadFile::path)
                .containsExactly("good/etcd.log");
        assertThat(bundle.bundleCase().skipped()).extracting(Skipped::reason).containsExactly(reason);
        assertThat(bundle.bundleCase().skipped().getFirst().path())
                .matches(path -> path.chars().noneMatch(c -> c < ' ' || c == 0x202e), "can be printed");
    }

    static Stream<Arguments> specialEntries() {
        return Stream.of(
                arguments(TarConstants.LF_SYMLINK, Reason.LINK),
                arguments(TarConstants.LF_LINK, Reason.LINK),
                arguments(TarConstants.LF_CHR, Reason.DEVICE),
                arguments(TarConstants.LF_BLK, Reason.DEVICE),
                arguments(TarConstants.LF_FIFO, Reason.DEVICE));
    }

    @ParameterizedTest
    @MethodSource("specialEntries")
    void readsPastLinksAndDevices(byte type, Reason reason) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            var special = new TarArchiveEntry("etcd-current.log", type);
            special.setLinkName("/etc/shadow");
            tar.putArchiveEntry(special);
            tar.closeArchiveEntry();
            var good = new TarArchiveEntry("good/etcd.log");
            good.setSize(LOG.length());
            tar.putArchiveEntry(good);
            tar.write(bytes(LOG));
            tar.closeArchiveEntry();
        }
        assertReadsPast(read("a.tar", bytes.toByteArray(), nothingSaid(), SMALL), reason);
    }

    @Test
    void readsPastTheSecondEntryOfAName() {
        var files = beside("good//etcd.log", bytes(LOG));
        assertReadsPast(read("a.zip", zip(files), nothingSaid(), SMALL), Reason.DUPLICATE_NAME);
    }

    @Test
    void readsPastAnEncryptedEntry() {
        byte[] zip = zip(beside("secret.log", bytes(LOG)));
        setFlag(zip, "secret.log", 1);
        assertReadsPast(read("a.zip", zip, nothingSaid(), SMALL), Reason.ENCRYPTED);
    }

    /** Sets a general purpose bit of an entry in the central directory. */
    private static void setFlag(byte[] zip, String name, int bit) {
        for (int at : headers(zip, 2, 1)) {
            if (name(zip, at + 46, at + 28).equals(name)) {
                zip[at + 8] |= (byte) bit;
            }
        }
        for (int at : headers(zip, 4, 3)) {
            if (name(zip, at + 30, at + 26).equals(name)) {
                zip[at + 6] |= (byte) bit;
            }
        }
    }

    private static int[] headers(byte[] zip, int fourth, int third) {
        return IntStream.range(0, zip.length - 46)
                .filter(i -> zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == third && zip[i + 3] == fourth)
                .toArray();
    }

    private static String name(byte[] zip, int from, int lengthAt) {
        int length = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getShort(lengthAt);
        return new String(zip, from, Math.clamp(length, 0, zip.length - from), StandardCharsets.UTF_8);
    }

    @Test
    void readsAnEntryWhoseNameIsNoUtf8() {
        byte[] zip = zip(files("x\u00e9y/etcd.log", LOG));
        for (int i = 0; i < zip.length - 1; i++) {
            if ((zip[i] & 0xff) == 0xc3 && (zip[i + 1] & 0xff) == 0xa9) {
                zip[i] = (byte) 0xb0;
                zip[i + 1] = (byte) 0xa1;
            }
        }
        assertThat(read("a.zip", zip, nothingSaid(), SMALL).bundleCase().files())
                .hasSize(1);
    }

    @Test
    void refusesMoreThanIsTaken() {
        var noise = new byte[2 << 20];
        new Random(1).nextBytes(noise);
        assertThat(refusal("etcd.log", noise)).isEqualTo(BundleRefused.Reason.TOO_LARGE);
    }

    @Test
    void refusesMoreEntriesThanAreTaken() {
        var many = new LinkedHashMap<String, byte[]>();
        IntStream.range(0, 51).forEach(i -> many.put("n" + i + ".log", bytes(LOG)));
        assertThat(refusal("a.zip", zip(many))).isEqualTo(BundleRefused.Reason.TOO_MANY_ENTRIES);
        assertThat(refusal("a.tgz", gzip(tar(many)))).isEqualTo(BundleRefused.Reason.TOO_MANY_ENTRIES);
    }

    @Test
    void refusesWhatUnpacksToTooMuch() {
        // Not so dense that one entry would be left aside alone.
        var random = new Random(2);
        var many = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < 8; i++) {
            var half = new byte[1 << 20];
            byte[] noise = new byte[20_000];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, half, 0, noise.length);
            many.put("n" + i + ".log", half);
        }
        assertThat(refusal("a.zip", zip(many))).isEqualTo(BundleRefused.Reason.UNPACKS_TOO_LARGE);
        assertThat(refusal("a.tgz", gzip(tar(many)))).isEqualTo(BundleRefused.Reason.UNPACKS_TOO_LARGE);
    }

    /** One may be long, for a whole diagnosis stands in it; a hundred of them in as many folders would fill the memory. */
    @Test
    void refusesMoreOfOurOwnFilesThanOneMayHold() {
        var limits = new BundleLimits(1 << 20, 64 << 20, 50, 500, 4, 100, 1 << 16, 1 << 18);
        var random = new Random(4);
        var many = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < 3; i++) {
            var half = new byte[1 << 19];
            byte[] noise = new byte[20_000];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, half, 0, noise.length);
            many.put("case" + i + "/captures.json", half);
        }

        assertThat(catchThrowableOfType(BundleRefused.class, () -> read("a.zip", zip(many), nothingSaid(), limits))
                        .reason())
                .isEqualTo(BundleRefused.Reason.UNPACKS_TOO_LARGE);
        // Half of one more than is taken together: what stands in the way is their sum, and no single one.
        many.remove("case2/captures.json");
        many.put("good/etcd.log", bytes(LOG));
        assertThat(catchThrowableOfType(BundleRefused.class, () -> read("a.zip", zip(many), nothingSaid(), limits))
                        .reason())
                .isEqualTo(BundleRefused.Reason.MANIFEST);
    }

    @Test
    void readsPastABombAndStopsItEarly() {
        assertReadsPast(read("a.zip", zip(beside("bomb.log", new byte[3 << 20])), nothingSaid(), SMALL), Reason.RATIO);
        assertReadsPast(
                read("a.zip", zip(beside("bomb.log.gz", gzip(new byte[3 << 20]))), nothingSaid(), SMALL), Reason.RATIO);
    }

    @Test
    void opensOnlySoManyArchivesInOneAnother() {
        byte[] deep = bytes(LOG);
        for (int i = 0; i < 10; i++) {
            deep = zip(Map.of("deeper.zip", deep));
        }
        assertReadsPast(read("a.zip", zip(beside("deep.zip", deep)), nothingSaid(), SMALL), Reason.NESTED_TOO_DEEP);
    }

    @Test
    void refusesEntriesThatShareTheirBytes() {
        byte[] zip = zip(files("a.log", LOG.repeat(20), "b.log", LOG.repeat(20)));
        int[] entries = headers(zip, 2, 1);
        // The second entry of the directory points at the bytes of the first one.
        for (int i = 42; i < 46; i++) {
            zip[entries[1] + i] = zip[entries[0] + i];
        }
        assertThat(refusal("a.zip", zip)).isEqualTo(BundleRefused.Reason.OVERLAPPING);
    }

    @Test
    void readsATruncatedArchiveAsFarAsItGoes() {
        byte[] tgz = gzip(tar(files("good/etcd.log", LOG.repeat(50), "x/etcd.log", noisy(40_000))));
        byte[] zip = zip(files("good/etcd.log", LOG.repeat(50), "x/etcd.log", noisy(40_000)));

        for (byte[] whole : new byte[][] {tgz, zip}) {
            Bundle bundle = read("a", Arrays.copyOf(whole, whole.length / 2), nothingSaid(), SMALL);
            assertThat(bundle.bundleCase().files())
                    .extracting(BundleCase.ReadFile::path)
                    .contains("good/etcd.log");
            assertThat(bundle.bundleCase().skipped())
                    .extracting(Skipped::reason)
                    .contains(Reason.CUT_SHORT);
        }
    }

    private static String noisy(int lines) {
        var random = new Random(3);
        var text = new StringBuilder();
        for (int i = 0; i < lines / 40; i++) {
            text.append(LOG.strip()).append(random.nextLong()).append('\n');
        }
        return text.toString();
    }

    @Test
    void readsAllMembersOfAJoinedGzip() {
        byte[] first = gzip(bytes(LOG));
        byte[] second = gzip(bytes(LOG.replace("10:00:00", "11:00:00")));
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);

        assertThat(read("etcd.log.gz", joined, nothingSaid())
                        .captures()
                        .getFirst()
                        .toString())
                .contains("10:00:00", "11:00:00");
    }

    @Test
    void refusesAnEntryThatLiesAboutItsSize() {
        byte[] zip = zip(beside("liar.log", bytes(LOG)));
        for (int at : headers(zip, 2, 1)) {
            if (name(zip, at + 46, at + 28).equals("liar.log")) {
                ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 20, 0x7fffffff);
            }
        }
        Bundle bundle = read("a.zip", zip, nothingSaid(), SMALL);
        assertThat(bundle.bundleCase().files())
                .extracting(BundleCase.ReadFile::path)
                .contains("good/etcd.log");
    }

    @Test
    void saysWhyNothingIsReadable() {
        var empty = catchThrowableOfType(BundleRefused.class, () -> read("etcd.log", new byte[0], nothingSaid()));
        assertThat(empty.skipped()).containsExactly(new Skipped("etcd.log", Reason.EMPTY));
        var noise = new byte[4_000];
        new Random(1).nextBytes(noise);
        var binary = catchThrowableOfType(BundleRefused.class, () -> read("x.bin", noise, nothingSaid()));
        assertThat(binary.skipped()).containsExactly(new Skipped("x.bin", Reason.NO_TEXT));
        var prose = catchThrowableOfType(BundleRefused.class, () -> read("a.txt", bytes("dear all\n"), nothingSaid()));
        assertThat(prose.skipped()).containsExactly(new Skipped("a.txt", Reason.NOT_RECOGNISED));
        var ps = catchThrowableOfType(
                BundleRefused.class, () -> read("ps.txt", bytes("  PID TTY TIME CMD\n 1 ? 0 init\n"), nothingSaid()));
        assertThat(ps.skipped()).containsExactly(new Skipped("ps.txt", Reason.NOT_JUDGED));
    }

    @Test
    void neverStumblesOverDamage() {
        byte[][] wholes = {
            zip(files("a/etcd.log", LOG.repeat(30))),
            gzip(tar(files("a/etcd.log", LOG.repeat(30)))),
            tar(files("a/etcd.log", LOG.repeat(30)))
        };
        var random = new Random(4);
        for (int round = 0; round < 600; round++) {
            byte[] damaged = wholes[round % 3].clone();
            for (int i = 0; i < 1 + round % 8; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(damaged, round % 5 == 0 ? random.nextInt(damaged.length) + 1 : damaged.length);
            try {
                assertThat(read("a", cut, nothingSaid(), SMALL).captures()).isNotEmpty();
            } catch (BundleRefused refused) {
                assertThat(refused.reason()).isNotNull();
            }
        }
    }

    private static BundleRefused.Reason refusal(String name, byte[] bytes) {
        return catchThrowableOfType(BundleRefused.class, () -> read(name, bytes, nothingSaid(), SMALL))
                .reason();
    }
}
