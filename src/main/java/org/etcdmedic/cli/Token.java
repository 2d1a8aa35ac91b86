package org.etcdmedic.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the service knows its caller by. It goes into one header, and nowhere else. */
final class Token {
    private static final int LONGEST = 16 * 1024;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1," + LONGEST + "}");

    private final String secret;

    private Token(String secret) {
        this.secret = secret;
    }

    /** The token in this text; empty when it is none. A library would repeat in its complaint what does not fit into a header. */
    static Optional<Token> of(String text) {
        String secret = text.strip();
        return VISIBLE.matcher(secret).matches() ? Optional.of(new Token(secret)) : Optional.empty();
    }

    /** The token in this file; empty when it holds none. */
    static Optional<Token> in(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return of(new String(in.readNBytes(LONGEST + 2), StandardCharsets.UTF_8));
        }
    }

    /** Value of the header {@code Authorization}. */
    String authorization() {
        return "Bearer " + secret;
    }

    @Override
    public String toString() {
        return "a token";
    }
}
