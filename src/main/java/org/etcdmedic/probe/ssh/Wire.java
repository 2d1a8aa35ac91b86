package org.etcdmedic.probe.ssh;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * The bytes to and from one SSH server, already connected when JSch gets them. Whoever cuts it unblocks JSch at once,
 * whatever it waits for.
 */
final class Wire implements Proxy {
    private final WatchedInput in;
    private final OutputStream out;
    private final Closeable ends;
    private volatile boolean cut;

    Wire(InputStream in, OutputStream out, Closeable ends) {
        this.in = new WatchedInput(new BufferedInputStream(in, 32 * 1024));
        this.out = out;
        this.ends = ends;
    }

    /** Connects by TCP. */
    static Wire tcp(InetSocketAddress address, Deadline deadline) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(address, deadline.millis());
            prefer(socket, StandardSocketOptions.TCP_NODELAY);
            return new Wire(acknowledgedAtOnce(socket), socket.getOutputStream(), socket);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** The time is over. */
    void cut() {
        cut = true;
        close();
    }

    boolean wasCut() {
        return cut;
    }

    WatchedInput input() {
        return in;
    }

    @Override
    public void connect(SocketFactory factory, String host, int port, int timeout) {
        // Connected before JSch came.
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    /** None: JSch would only set its timeouts per read on it. */
    @Override
    public @Nullable Socket getSocket() {
        return null;
    }

    @Override
    public void close() {
        try {
            ends.close();
        } catch (IOException alreadyBroken) {
            // It is closed all the same.
        }
    }

    /**
     * Linux only. A server that still has Nagle's algorithm on waits for our acknowledgement before it sends the second
     * half of an answer, and Linux delays that by 40 ms unless it is told otherwise after each read.
     */
    private static InputStream acknowledgedAtOnce(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        if (!socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            return in;
        }
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                if (count > 0) {
                    prefer(socket, ExtendedSocketOptions.TCP_QUICKACK);
                }
                return count;
            }

            @Override
            public int available() throws IOException {
                return in.available();
            }
        };
    }

    /** A connection that was reset meanwhile refuses its options; that it is broken shows where it is read from. */
    private static void prefer(Socket socket, SocketOption<Boolean> option) {
        try {
            socket.setOption(option, true);
        } catch (IOException broken) {
            // Told by the next read.
        }
    }
}
