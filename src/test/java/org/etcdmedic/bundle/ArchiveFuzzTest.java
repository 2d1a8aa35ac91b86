package org.etcdmedic.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Map;

/** Archives, whatever is in them: read, or refused for a reason; no other end, and not more than a moment. */
class ArchiveFuzzTest {
    private static final Map<String, byte[]> FILES = Bundles.files(
            "node-1/cm/etcd/etcd-current.log", "2026-11-22 10:40:03.000000 W | etcdserver: x\n",
            "node-2/messages", "Nov 22 18:40:03 n kernel: x\n");
    private static final byte[] ZIP = Bundles.zip(FILES);
    private static final byte[] TAR_GZ = Bundles.gzip(Bundles.tar(FILES));
    private static final long LONGEST_MILLIS = 20_000;

    @FuzzTest
    void readsOrRefusesWhateverIsHandedIn(FuzzedDataProvider data) {
        boolean zip = data.consumeBoolean();
        byte[] bytes = data.consumeBoolean() ? damaged(zip ? ZIP : TAR_GZ, data) : data.consumeRemainingAsBytes();

        long began = System.nanoTime();
        try {
            Bundle bundle = Bundles.read(zip ? "logs.zip" : "logs.tar.gz", bytes, Bundles.nothingSaid());
            assertThat(Bundles.judge(bundle)).isNotNull();
        } catch (BundleRefused refused) {
            assertThat(refused.reason()).isNotNull();
        }
        assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(LONGEST_MILLIS);
    }

    private static byte[] damaged(byte[] whole, FuzzedDataProvider data) {
        byte[] bytes = whole.clone();
        while (data.remainingBytes() > 3) {
            bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
        }
        return data.consumeBoolean() ? bytes : Arrays.copyOf(bytes, data.consumeInt(0, bytes.length));
    }
}
