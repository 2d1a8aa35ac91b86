package org.etcdmedic.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The network between the service and its database, or between the service and who asks it: a forwarder on loopback that can go silent, as a dead switch does
 * (connections stay, nothing gets through), and whose far end can change.
 */
public final class Line implements AutoCloseable {
    private final ServerSocket entrance;
    private final AtomicReference<InetSocketAddress> target = new AtomicReference<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition joined = lock.newCondition();
    private boolean cut;

    /** A line to this database. */
    public Line(JdbcConnectionDetails database) throws IOException {
        this(address(database).getPort());
    }

    /** A line to whatever listens at this port. */
    public Line(int port) throws IOException {
        entrance = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        leadTo(port);
        Thread.ofVirtual().start(this::accept);
    }

    private record Details(String getJdbcUrl, String getUsername, String getPassword)
            implements JdbcConnectionDetails {}

    /** The database as it is seen through the line. */
    public JdbcConnectionDetails through(JdbcConnectionDetails database) {
        String path = address(database).getPath();
        return new Details(
                "jdbc:postgresql://127.0.0.1:" + entrance.getLocalPort() + path,
                String.valueOf(database.getUsername()),
                String.valueOf(database.getPassword()));
    }

    /** New connections lead there. */
    public void leadTo(JdbcConnectionDetails database) {
        leadTo(address(database).getPort());
    }

    /** New connections lead to what listens at this port. */
    public void leadTo(int port) {
        target.set(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Where it begins. */
    public int port() {
        return entrance.getLocalPort();
    }

    private static URI address(JdbcConnectionDetails database) {
        return URI.create(database.getJdbcUrl().substring("jdbc:".length()));
    }

    /** Nothing gets through any more, and nobody is told. */
    public void cut() {
        set(true);
    }

    /** What was held back goes on. */
    public void join() {
        set(false);
    }

    private void set(boolean value) {
        lock.lock();
        try {
            cut = value;
            joined.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void passWhenJoined() {
        lock.lock();
        try {
            while (cut) {
                joined.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket near = entrance.accept();
                sockets.add(near);
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket near) {
        passWhenJoined();
        var far = new Socket();
        sockets.add(far);
        try {
            far.connect(target.get());
        } catch (IOException e) {
            end(near, far);
            return;
        }
        Thread.ofVirtual().start(() -> pump(near, far));
        pump(far, near);
    }

    private void pump(Socket from, Socket to) {
        var bytes = new byte[16 * 1024];
        try {
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                passWhenJoined();
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException e) {
            // Ended by one of the two; the other one learns of it now.
        }
        passWhenJoined();
        end(from, to);
    }

    private void end(Socket one, Socket other) {
        for (Socket socket : new Socket[] {one, other}) {
            sockets.remove(socket);
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        join();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
