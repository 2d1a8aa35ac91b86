package org.etcdmedic.probe.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The server's bytes on their way to JSch, followed as far as they are plain text (RFC 4253, sections 4.2 and 6): the
 * lines until the banner, then packets until SSH_MSG_NEWKEYS. So we know the stage without asking JSch.
 */
final class WatchedInput extends FilterInputStream {
    private static final int NEWKEYS = 21;
    private static final int HEADER = 6;
    private static final int LONGEST_PREAMBLE = 400;

    /** So much may come before the banner (RFC 4253, section 4.2, sets no limit): a flood must not keep us busy. */
    private static final int MOST_BEFORE_BANNER = 64 * 1024;

    private final StringBuilder preamble = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final byte[] header = new byte[HEADER];
    private int headerBytes;
    private long beforeBanner;
    private long skip;
    private volatile Stage stage = Stage.BANNER;
    private volatile boolean ended;
    private volatile boolean flooded;

    WatchedInput(InputStream in) {
        super(in);
    }

    Stage stage() {
        return stage;
    }

    /** The other side closed or broke the connection. */
    boolean ended() {
        return ended;
    }

    /** We stopped to listen, because so much came that was no banner. */
    boolean flooded() {
        return flooded;
    }

    /** What the server said before its banner, or instead of it. */
    String preamble() {
        synchronized (preamble) {
            return preamble.toString() + line;
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(bytes, offset, length);
        } catch (IOException broken) {
            ended = true;
            throw broken;
        }
        if (stage == Stage.BANNER && count > 0 && (beforeBanner += count) > MOST_BEFORE_BANNER) {
            flooded = true;
            throw new IOException("no SSH banner within the first " + MOST_BEFORE_BANNER + " bytes");
        }
        if (count < 0) {
            ended = true;
        } else if (stage != Stage.AUTHENTICATION) {
            for (int i = offset; i < offset + count && stage != Stage.AUTHENTICATION; i++) {
                follow(bytes[i]);
            }
        }
        return count;
    }

    private void follow(byte value) {
        if (stage == Stage.BANNER) {
            followLine(value);
        } else if (skip > 0) {
            skip--;
        } else {
            header[headerBytes++] = value;
            if (headerBytes == HEADER) {
                headerBytes = 0;
                followPacket();
            }
        }
    }

    private void followLine(byte value) {
        synchronized (preamble) {
            if (value != '\n') {
                if (line.length() < LONGEST_PREAMBLE) {
                    line.append(new String(new byte[] {value}, StandardCharsets.ISO_8859_1));
                }
                return;
            }
            if (line.indexOf("SSH-") == 0) {
                stage = Stage.KEY_EXCHANGE;
            } else if (preamble.length() < LONGEST_PREAMBLE) {
                preamble.append(line).append('\n');
            }
            line.setLength(0);
        }
    }

    private void followPacket() {
        long length = ((header[0] & 0xffL) << 24)
                | ((header[1] & 0xffL) << 16)
                | ((header[2] & 0xffL) << 8)
                | (header[3] & 0xffL);
        if (header[5] == NEWKEYS) {
            stage = Stage.AUTHENTICATION;
        }
        // Padding length and message type are behind us and are counted in the length.
        skip = Math.max(0, length - 2);
    }
}
