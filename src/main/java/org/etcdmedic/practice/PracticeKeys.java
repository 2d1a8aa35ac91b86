package org.etcdmedic.practice;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The key of the practice nodes and the key of who may log in to them. Generated on the first start, in OpenSSH's format,
 * so that a person can use them with {@code ssh -i} too.
 *
 * @param host all practice nodes show this one
 * @param client the only one they let in
 * @param clientFile where its private half lies
 * @param knownHosts where {@link #writeKnownHosts} writes
 */
record PracticeKeys(KeyPair host, KeyPair client, Path clientFile, Path knownHosts) {

    static PracticeKeys in(LockedDirectory directory) throws IOException {
        Path clientFile = directory.resolve("client_key");
        return new PracticeKeys(
                key(directory.resolve("host_key")), key(clientFile), clientFile, directory.resolve("known_hosts"));
    }

    /** Replaces the file by the nodes at these ports of this machine. */
    void writeKnownHosts(Collection<Integer> ports) throws IOException {
        String key = PublicKeyEntry.toString(host.getPublic());
        Files.writeString(
                knownHosts,
                ports.stream()
                        .map(port -> "[127.0.0.1]:" + port + " " + key + "\n")
                        .collect(Collectors.joining()));
    }

    private static KeyPair key(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                generate(file);
            }
            try (var in = Files.newInputStream(file)) {
                return SecurityUtils.loadKeyPairIdentities(null, new PathResource(file), in, FilePasswordProvider.EMPTY)
                        .iterator()
                        .next();
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("The key in " + file + " cannot be used; delete it to have a new one", e);
        }
    }

    private static void generate(Path file) throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(unfinished)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                    generator.generateKeyPair(), "etcd-medic practice", null, out);
        }
        Files.move(unfinished, file);
    }
}
