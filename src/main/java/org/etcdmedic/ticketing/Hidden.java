package org.etcdmedic.ticketing;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Reference;
import org.etcdmedic.ticketing.target.Request;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** What nobody may read of a target, in every form in which it is sent. */
public final class Hidden {
    private static final String MASK = "***";

    /** Shorter pieces of an address are words, not tokens. */
    private static final int SHORTEST_PIECE = 6;

    private final List<String> secrets;

    private Hidden(Collection<String> secrets) {
        // The longest first: one can hold another.
        this.secrets = secrets.stream()
                .filter(text -> !text.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** What is to be hidden of a target, and of this request to it. */
    public static Hidden of(ConfiguredTarget target, Access access, Set<String> further) {
        var all = new HashSet<>(further);
        String user = target.entry().settings().getOrDefault("user", "");
        for (String secret : access.secrets()) {
            all.add(secret);
            all.add(UriUtils.encode(secret, StandardCharsets.UTF_8));
            all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            all.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
            all.add(Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8)));
            all.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        }
        if (target.hasSecretAddress()) {
            URI address = access.address();
            pieces(address.getRawPath(), "/", all);
            pieces(address.getRawQuery(), "[&=]", all);
        }
        return new Hidden(all);
    }

    private static void pieces(@Nullable String text, String between, Set<String> all) {
        if (text != null) {
            for (String piece : text.split(between, -1)) {
                // A target that quotes a piece may have read it.
                Stream.of(piece, UriUtils.decode(piece, StandardCharsets.UTF_8))
                        .filter(form -> form.length() >= SHORTEST_PIECE)
                        .forEach(all::add);
            }
        }
    }

    /** A text without them. */
    public String cut(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        return clean;
    }

    /** Whether there is nothing to hide in a text. */
    public boolean clean(String text) {
        return cut(text).equals(text);
    }

    /** A receipt without them: a reason loses them, and a name or a link that would tell one is not kept at all. */
    public Receipt cut(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Accepted(Optional<Reference> reference) ->
                new Receipt.Accepted(reference
                        .filter(known -> clean(known.id()))
                        .map(known -> new Reference(known.id(), known.link().filter(this::clean))));
            case Receipt.RetryLater(Optional<Duration> after, String reason) ->
                new Receipt.RetryLater(after, cut(reason));
            case Receipt.Refused(String reason) -> new Receipt.Refused(cut(reason));
            case Receipt.Gone(String reason) -> new Receipt.Gone(cut(reason));
        };
    }

    /** A request as people may see it. */
    public Shown cut(Request request) {
        return new Shown(
                request.method().name(),
                cut(request.address().toString()),
                request.headers().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(header -> new Shown.Header(header.getKey(), cut(header.getValue())))
                        .toList(),
                request.body().map(this::cut));
    }

    /** A request without its secrets. */
    public record Shown(String method, String url, List<Header> headers, Optional<String> body) {
        /** Name and value. */
        public record Header(String name, String value) {}
    }
}
