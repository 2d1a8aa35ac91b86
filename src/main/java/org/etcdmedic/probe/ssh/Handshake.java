package org.etcdmedic.probe.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Logger;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.etcdmedic.probe.ssh.Failure.End;
import org.etcdmedic.probe.ssh.HostKeys.Judgement;
import org.etcdmedic.probe.ssh.SshSettings.Login;
import org.jspecify.annotations.Nullable;

/** Host key, key exchange and authentication of one login over a wire that is already there. */
final class Handshake {
    private final Login login;
    private final HostKeys hostKeys;
    private final JSch jsch = new JSch();
    private final Heard heard = new Heard();
    private final Broken broken = new Broken();

    /**
     * Reads key and known hosts as they are now.
     *
     * @throws Blocked when the key cannot be read or opened
     */
    Handshake(Login login, SshSettings settings) throws Blocked {
        this.login = login;
        this.hostKeys = new HostKeys(settings.knownHostsFile(), settings.hostKeys());
        identify();
    }

    /** Logs in, or says why not; cuts the wire at the deadline. */
    Session over(Wire wire, String host, int port, Deadline deadline) throws Blocked {
        Optional<Session> session = Optional.empty();
        Exception problem;
        try (var _ = new Watchdog(deadline, wire::cut)) {
            session = Optional.of(prepared(host, port));
            session.get().setProxy(wire);
            session.get().connect();
            if (!wire.wasCut()) {
                return session.get();
            }
            problem = new IllegalStateException("the time was over");
        } catch (JSchException | RuntimeException failed) {
            problem = failed;
        }
        var failure = failure(wire, problem);
        wire.close();
        session.ifPresent(Session::disconnect);
        throw new Blocked(failure, detail(wire, failure));
    }

    String hostKeyFingerprint() {
        return hostKeys.fingerprint();
    }

    private void identify() throws Blocked {
        byte[] key = {};
        byte[] passphrase =
                login.passphrase() == null ? new byte[0] : login.passphrase().getBytes(StandardCharsets.UTF_8);
        try {
            key = Files.readAllBytes(login.keyFile());
            KeyPair pair = KeyPair.load(jsch, key, null);
            boolean open = !pair.isEncrypted() || pair.decrypt(passphrase);
            pair.dispose();
            if (!open) {
                throw new Blocked(Failure.denied(
                        Stage.SETTINGS, "the passphrase does not open the private key " + login.keyFile()));
            }
            jsch.addIdentity("login", key, null, passphrase.length == 0 ? null : passphrase);
        } catch (IOException | JSchException | RuntimeException unreadable) {
            throw new Blocked(
                    Failure.at(Stage.SETTINGS, unreadable),
                    "the private key " + login.keyFile() + " cannot be read ("
                            + unreadable.getClass().getSimpleName() + ")");
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(passphrase, (byte) 0);
        }
    }

    private Session prepared(String host, int port) throws JSchException {
        Session session = jsch.getSession(login.user(), host, port);
        session.setHostKeyRepository(hostKeys);
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey");
        session.setConfig("enable_auth_none", "no");
        session.setConfig("enable_pubkey_auth_query", "no");
        session.setThreadFactory(Thread.ofVirtual()
                .name("ssh-" + login.user() + "@" + host + "-", 0)
                .factory());
        session.setUserInfo(heard);
        session.setLogger(broken);
        return session;
    }

    private Failure failure(Wire wire, Exception problem) {
        boolean closed = !wire.input().flooded()
                && (wire.input().ended() || problem.getCause() instanceof IOException || broken.seen);
        End end = wire.wasCut() ? End.TIMED_OUT : closed ? End.CLOSED : End.DENIED;
        return new Failure(wire.input().stage(), end, problem, hostKeys.judgement());
    }

    private String detail(Wire wire, Failure failure) {
        var words = new ArrayList<String>();
        words.add(
                switch (failure.end()) {
                    case TIMED_OUT -> "no answer until we stopped waiting, in stage " + failure.stage();
                    case CLOSED -> "closed by the other side in stage " + failure.stage();
                    case DENIED -> String.valueOf(failure.problem().getMessage());
                });
        if (failure.stage() == Stage.BANNER && !wire.input().preamble().isBlank()) {
            words.add("it said: " + wire.input().preamble());
        }
        if (hostKeys.judgement().filter(judged -> judged != Judgement.ACCEPTED).isPresent()) {
            words.add("it shows " + hostKeys.fingerprint());
            words.add(hostKeys.remark());
        }
        if (failure.stage() == Stage.AUTHENTICATION) {
            words.addAll(heard.messages);
        }
        return Detail.of(
                String.join("; ", words.stream().filter(word -> !word.isBlank()).toList()));
    }

    /** During authentication JSch takes a broken line for a refusal, and tells the difference only to its logger. */
    private static final class Broken implements Logger {
        private boolean seen;

        @Override
        public boolean isEnabled(int level) {
            return level == WARN;
        }

        @Override
        public void log(int level, String message) {
            // Its words are of no use to us.
        }

        @Override
        public void log(int level, String message, Throwable cause) {
            seen |= cause instanceof IOException;
        }
    }

    /** Listens to what the server tells users before the login, such as that it is going down; answers nothing. */
    private static final class Heard implements UserInfo {
        private final List<String> messages = new ArrayList<>();

        @Override
        public void showMessage(String message) {
            if (messages.size() < 3) {
                messages.add(message);
            }
        }

        @Override
        public @Nullable String getPassphrase() {
            return null;
        }

        @Override
        public @Nullable String getPassword() {
            return null;
        }

        @Override
        public boolean promptPassword(String message) {
            return false;
        }

        @Override
        public boolean promptPassphrase(String message) {
            return false;
        }

        @Override
        public boolean promptYesNo(String message) {
            return false;
        }
    }
}
