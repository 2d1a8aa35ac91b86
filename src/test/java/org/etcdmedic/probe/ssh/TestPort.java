package org.etcdmedic.probe.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP port that is no SSH server, or not at once. */
final class TestPort implements Closeable {
    /** What is done with the n-th connection, counted from 1. */
    interface Behaviour {
        void meet(Socket socket, int n) throws Exception;
    }

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket listening;
    private final List<Socket> filling = new ArrayList<>();

    TestPort(Behaviour behaviour) throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket socket = listening.accept();
                    int n = connections.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        try {
                            behaviour.meet(socket, n);
                        } catch (Exception ended) {
                            // The other side has gone.
                        }
                    });
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private TestPort(ServerSocket full) {
        listening = full;
    }

    /** Drops every packet of a new connection: its backlog is full and nobody accepts. */
    static TestPort silent() throws IOException {
        var port = new TestPort(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 4; i++) {
            var socket = new Socket();
            port.filling.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port()), 200);
            } catch (IOException full) {
                break;
            }
        }
        return port;
    }

    /** A port on which nobody listens. */
    static int closed() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Passes everything on to another port. */
    static void relay(Socket socket, int port) throws IOException {
        var onwards = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.ofVirtual().start(() -> pump(onwards, socket));
        pump(socket, onwards);
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // One side has gone, and try closes the other.
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : filling) {
            socket.close();
        }
        listening.close();
    }
}
