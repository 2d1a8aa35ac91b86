package org.etcdmedic.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.etcdmedic.platform.WrongSetting;

/**
 * The API tokens that are let in. Only their SHA-256 is known: a token is a long random text, so a plain hash tells
 * nothing about it, and looking it up takes no time worth measuring.
 */
public final class ApiTokens {
    private final Map<String, Token> byHash;

    /**
     * A token.
     *
     * @param name what the audit record calls whoever presents it
     * @param roles what it allows
     */
    public record Token(String name, Set<Role> roles) {
        /** Copies the roles. */
        public Token {
            roles = Set.copyOf(roles);
        }
    }

    /** As configured: lower-case hexadecimal SHA-256 of a token, and what it is good for. */
    public record Configured(Token token, String sha256) {}

    private ApiTokens(Map<String, Token> byHash) {
        this.byHash = Map.copyOf(byHash);
    }

    /** These tokens; throws {@link WrongSetting} that names every one that cannot be used, never its hash. */
    public static ApiTokens of(List<Configured> configured) {
        var problems = new ArrayList<String>();
        var byHash = new TreeMap<String, Token>();
        for (Configured one : configured) {
            String name = one.token().name();
            if (!one.sha256().matches("[0-9a-f]{64}")) {
                problems.add("token " + name + ": sha256 is not 64 hexadecimal digits");
            } else if (one.sha256().equals(sha256(""))) {
                problems.add("token " + name + ": is the hash of nothing");
            } else if (one.token().roles().isEmpty()) {
                problems.add("token " + name + ": has no role");
            } else if (byHash.putIfAbsent(one.sha256(), one.token()) != null) {
                problems.add("token " + name + ": is the same as token "
                        + byHash.get(one.sha256()).name());
            }
        }
        if (!problems.isEmpty()) {
            throw new WrongSetting(problems);
        }
        return new ApiTokens(byHash);
    }

    /** The token that was presented, when it is one of ours. */
    public Optional<Token> find(String presented) {
        return Optional.ofNullable(byHash.get(sha256(presented)));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return byHash.isEmpty();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ApiTokens" + byHash.values().stream().map(Token::name).sorted().toList();
    }
}
