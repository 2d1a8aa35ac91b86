package org.etcdmedic.platform.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A secret that stands in a file of its own; read at each use, so that it can be changed while the service runs. */
public record SecretFile(Path path) {
    /** The file that {@code file:/...} names; empty when that is none. */
    public static Optional<SecretFile> at(String address) {
        if (!address.startsWith("file:/")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SecretFile(Path.of(URI.create(address))));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Its first line; empty when it cannot be read or holds none. */
    public Optional<String> read() {
        try {
            return Files.readString(path).lines().map(String::strip).findFirst().filter(line -> !line.isEmpty());
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }
}
