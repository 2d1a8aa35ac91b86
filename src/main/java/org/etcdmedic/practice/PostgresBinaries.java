package org.etcdmedic.practice;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs out of the class path, unpacked once: {@code initdb}, {@code pg_ctl}, {@code postgres}. */
record PostgresBinaries(Path home) {

    /** Unpacks them below the directory, into a folder named by their digest, unless that was done before. */
    static PostgresBinaries unpackedBelow(Path directory) {
        URL archive = archive();
        try {
            Path home = directory.resolve(digest(archive).substring(0, 16));
            if (!Files.isDirectory(home)) {
                Files.createDirectories(directory);
                // A half-unpacked folder never carries the final name, so being killed here heals by itself.
                Path unfinished = Files.createTempDirectory(directory, "unpacking-");
                unpack(archive, unfinished);
                move(unfinished, home);
            }
            return new PostgresBinaries(home);
        } catch (IOException e) {
            throw new PracticeRefusal("PostgreSQL cannot be unpacked to " + directory + ": " + e, e);
        }
    }

    /** One of the programs. */
    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** The major version, such as {@code 18}. */
    String major() {
        // "postgres (PostgreSQL) 18.6"
        String answer = Program.of(program("postgres"), "--version")
                .runOrRefuse("PostgreSQL does not run on this machine; it needs Linux with glibc")
                .strip();
        String version = answer.substring(answer.lastIndexOf(' ') + 1);
        return version.split("\\D", 2)[0];
    }

    private static URL archive() {
        String name = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
        URL found = switch (name) {
            case "Linux/amd64" -> PostgresBinaries.class.getResource("/postgres-linux-x86_64.txz");
            case "Linux/aarch64" -> PostgresBinaries.class.getResource("/postgres-linux-arm_64.txz");
            default -> null;
        };
        if (found == null) {
            throw new PracticeRefusal("The practice start brings PostgreSQL for Linux on amd64 and arm64, and this is "
                    + name + ". Name a database of your own with --spring.datasource.url=jdbc:postgresql://...");
        }
        return found;
    }

    private static String digest(URL archive) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        try (var in = new DigestInputStream(archive.openStream(), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void unpack(URL archive, Path target) throws IOException {
        Process tar = new ProcessBuilder("tar", "-x", "--no-same-owner", "-C", target.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream in = new XZInputStream(new BufferedInputStream(archive.openStream()));
                OutputStream out = tar.getOutputStream()) {
            in.transferTo(out);
        }
        int status = tar.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException("tar ended with status " + status);
        }
    }

    private static void move(Path unfinished, Path home) throws IOException {
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process (tests share this folder) was first; its copy is as good.
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }
}
