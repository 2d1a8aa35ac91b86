package org.etcdmedic.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.audit.Actors;
import org.etcdmedic.diagnosis.RequestKey;
import org.springframework.stereotype.Component;

/** Reads the header {@code Idempotency-Key}: a string of RFC 9651 as the draft has it, or the same without its quotes as most send it. */
@Component
class RequestKeyHeader {
    static final String NAME = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("\"([!#-\\[\\]-~ ]{1,128})\"|([!#-\\[\\]-~]{1,128})");

    private final Actors actors;
    private final Messages messages;

    RequestKeyHeader(Actors actors, Messages messages) {
        this.actors = actors;
        this.messages = messages;
    }

    /** What the sender calls its request; empty when it does not say. */
    Optional<String> name(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(NAME)).map(text -> {
            Matcher form = FORM.matcher(text.strip());
            if (!form.matches()) {
                throw new ProblemException(
                        Problem.INVALID_REQUEST,
                        List.of(new ProblemException.FieldError("#" + NAME, messages.text("problem.request-key"))));
            }
            return Optional.ofNullable(form.group(1)).orElse(form.group(2));
        });
    }

    /**
     * The key of a request; empty when it has none.
     *
     * @param content all that was sent
     */
    Optional<RequestKey> key(HttpServletRequest request, byte[]... content) {
        return name(request).map(name -> new RequestKey(actors.current().name(), name, fingerprint(request, content)));
    }

    /** Answers, and once more when somebody else answers the same request at this moment: then that answer is found. */
    static <T> T once(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (RequestKey.Taken taken) {
            return answer.get();
        }
    }

    private static String fingerprint(HttpServletRequest request, byte[]... content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((request.getMethod() + " " + request.getRequestURI()).getBytes(StandardCharsets.UTF_8));
            for (byte[] part : content) {
                // Each with its length before it: two parts are not the same as one that holds both.
                digest.update(("\0" + part.length + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
