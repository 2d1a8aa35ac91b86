package org.etcdmedic.probe.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.etcdmedic.probe.ssh.SshSettings.HostKeyPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges the host key of one connection by the known_hosts file as it is at that moment. */
final class HostKeys implements HostKeyRepository {
    /** What a host key is worth. */
    enum Judgement {
        ACCEPTED,
        UNKNOWN,
        CHANGED,
        REVOKED
    }

    private static final Logger LOG = LoggerFactory.getLogger(HostKeys.class);

    /** Names that can be written to known_hosts without becoming a pattern, a list or a line of their own. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9._:%-]+|\\[[A-Za-z0-9._:%-]+]:[0-9]+");

    /** File locks are held for the whole process, so threads need one of their own. */
    private static final ReentrantLock WRITING = new ReentrantLock();

    private final Path file;
    private final HostKeyPolicy policy;
    private HostKeyRepository known;
    private String remark = "";
    private @Nullable Judgement judgement;
    private String fingerprint = "";

    HostKeys(Path file, HostKeyPolicy policy) {
        this.file = file;
        this.policy = policy;
        this.known = read();
    }

    /** Empty until the server has shown its key. */
    Optional<Judgement> judgement() {
        return Optional.ofNullable(judgement);
    }

    /** {@code SHA256:...} of the key that was shown, empty when none was. */
    String fingerprint() {
        return fingerprint;
    }

    /** What else there is to say about the judgement. */
    String remark() {
        return remark;
    }

    @Override
    public int check(String host, byte[] key) {
        fingerprint = fingerprintOf(key);
        Judgement judged = judge(host, key);
        if (judged == Judgement.UNKNOWN && policy == HostKeyPolicy.TRUST_ON_FIRST_USE) {
            judged = remember(host, key);
        }
        judgement = judged;
        return switch (judged) {
            case ACCEPTED -> OK;
            case CHANGED -> CHANGED;
            case UNKNOWN, REVOKED -> NOT_INCLUDED;
        };
    }

    /**
     * Stricter than JSch: a key revoked anywhere in the file is revoked (JSch ignores {@code @revoked *}), a key of
     * another type than the known ones is a changed key, and an entry without a port is no entry for another port.
     */
    private Judgement judge(String host, byte[] key) {
        String encoded = Base64.getEncoder().encodeToString(key);
        boolean revoked = Arrays.stream(known.getHostKey())
                .anyMatch(entry ->
                        entry.getMarker().equals("@revoked") && entry.getKey().equals(encoded));
        if (revoked) {
            return Judgement.REVOKED;
        }
        List<HostKey> entries = entriesOf(host);
        if (entries.stream().anyMatch(entry -> entry.getKey().equals(encoded))) {
            return Judgement.ACCEPTED;
        }
        return entries.isEmpty() ? Judgement.UNKNOWN : Judgement.CHANGED;
    }

    private List<HostKey> entriesOf(String host) {
        var withoutPort = host.startsWith("[") && host.contains("]:")
                ? List.of(known.getHostKey(host.substring(1, host.lastIndexOf("]:")), null))
                : List.<HostKey>of();
        return Arrays.stream(known.getHostKey(host, null))
                .filter(entry -> entry.getMarker().isEmpty())
                .filter(entry -> withoutPort.stream().noneMatch(other -> sameEntry(entry, other)))
                .toList();
    }

    @SuppressWarnings("ReferenceEquality") // one entry of the file, not one of the same content
    private static boolean sameEntry(HostKey one, HostKey other) {
        return one == other;
    }

    /** Appends the key unless another has been quicker; two connections to a new host may come here together. */
    private Judgement remember(String host, byte[] key) {
        if (!PLAIN_NAME.matcher(host).matches()) {
            remark = "the name cannot be written to known_hosts";
            return Judgement.UNKNOWN;
        }
        WRITING.lock();
        try (var channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            known = read();
            Judgement now = judge(host, key);
            if (now != Judgement.UNKNOWN) {
                return now;
            }
            String entry = host + " " + new HostKey(host, key).getType() + " "
                    + Base64.getEncoder().encodeToString(key) + "\n";
            ByteBuffer line = StandardCharsets.UTF_8.encode(lineIsOpen(channel) ? "\n" + entry : entry);
            long end = channel.size();
            while (line.hasRemaining()) {
                end += channel.write(line, end);
            }
            channel.force(true);
            LOG.warn("{} was not known: its key {} is written to {} and trusted from now on", host, fingerprint, file);
            return Judgement.ACCEPTED;
        } catch (IOException | JSchException notWritten) {
            remark = "known_hosts cannot be written: " + Detail.of(notWritten);
            return Judgement.UNKNOWN;
        } finally {
            WRITING.unlock();
        }
    }

    private static boolean lineIsOpen(FileChannel channel) throws IOException {
        var last = ByteBuffer.allocate(1);
        return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
    }

    private HostKeyRepository read() {
        var jsch = new JSch();
        try {
            jsch.setKnownHosts(new ByteArrayInputStream(Files.readAllBytes(file)));
        } catch (NoSuchFileException none) {
            remark = "known_hosts does not exist";
        } catch (IOException | JSchException unreadable) {
            remark = "known_hosts cannot be read: " + Detail.of(unreadable);
        }
        return jsch.getHostKeyRepository();
    }

    private static String fingerprintOf(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // JSch calls these three only when it may ask a user or learn keys by itself, which is switched off: refusing is
    // the guard.

    @Override
    public void add(HostKey hostKey, UserInfo user) {
        throw new UnsupportedOperationException("host keys are only written by this class itself");
    }

    @Override
    public void remove(String host, String type) {
        throw new UnsupportedOperationException("host keys are never removed");
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        throw new UnsupportedOperationException("host keys are never removed");
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return file.toString();
    }

    @Override
    public HostKey[] getHostKey() {
        return known.getHostKey();
    }

    @Override
    public HostKey[] getHostKey(String host, @Nullable String type) {
        return known.getHostKey(host, type);
    }
}
