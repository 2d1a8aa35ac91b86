package org.etcdmedic.probe.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedInputTest {
    private static final int KEXINIT = 20;
    private static final int NEWKEYS = 21;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', BANNER",
        "'Not allowed at this time\n', BANNER",
        "'SSH-2.0-x', BANNER",
        "'SSH-2.0-x\r\n', KEY_EXCHANGE",
        "'welcome\r\nSSH-2.0-x\r\n', KEY_EXCHANGE",
        "'HTTP/1.1 400 SSH-2.0-x\r\n', BANNER",
    })
    void knowsTheBannerByItsLine(String said, Stage stage) throws IOException {
        assertThat(read(said.getBytes(StandardCharsets.UTF_8), 3).stage()).isEqualTo(stage);
    }

    @ParameterizedTest(name = "in pieces of {0}")
    @CsvSource({"1", "4", "7", "1000"})
    void findsNewKeysBetweenThePackets(int piece) throws IOException {
        byte[] until = bytes("SSH-2.0-x\r\n", packet(KEXINIT, 900), packet(31, 300));
        byte[] after = bytes("SSH-2.0-x\r\n", packet(KEXINIT, 900), packet(31, 300), packet(NEWKEYS, 10));

        assertThat(read(until, piece).stage()).isEqualTo(Stage.KEY_EXCHANGE);
        assertThat(read(after, piece).stage()).isEqualTo(Stage.AUTHENTICATION);
    }

    @Test
    void keepsWhatWasSaidInsteadOfABanner() throws IOException {
        var input = read("Exceeded MaxStartups\r\n".getBytes(StandardCharsets.UTF_8), 100);

        assertThat(input.preamble()).contains("Exceeded MaxStartups");
        assertThat(input.ended()).isTrue();
    }

    @Test
    void givesUpOnAFloodInsteadOfABanner() {
        assertThatThrownBy(() -> read("no banner\n".repeat(10_000).getBytes(StandardCharsets.UTF_8), 4096))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no SSH banner within the first 65536 bytes");
    }

    private static WatchedInput read(byte[] said, int piece) throws IOException {
        var input = new WatchedInput(new ByteArrayInputStream(said));
        var buffer = new byte[piece];
        int count;
        do {
            count = input.read(buffer, 0, piece);
        } while (count >= 0);
        return input;
    }

    private static byte[] packet(int type, int payload) {
        int length = payload + 2;
        var packet = new byte[4 + length];
        packet[2] = (byte) (length >> 8);
        packet[3] = (byte) length;
        packet[5] = (byte) type;
        return packet;
    }

    private static byte[] bytes(String banner, byte[]... packets) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(banner.getBytes(StandardCharsets.UTF_8));
        for (byte[] packet : packets) {
            all.writeBytes(packet);
        }
        return all.toByteArray();
    }
}
