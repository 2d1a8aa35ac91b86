package org.etcdmedic.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.probe.Capture;

/**
 * Takes secrets out of what a node said, before it is stored: private keys, values of passwords, tokens and secrets,
 * {@code Authorization} headers, accounts in URLs and behind {@code --user}. Everything else and the number of lines stay, and cleaning twice is
 * cleaning once. A NUL, which a database text cannot hold, is shown as U+2400.
 */
public final class Redactor {
    private static final String GONE = "[redacted]";

    /** What names a secret. The rest of the name and the value are read by hand, to stay linear. */
    private static final Pattern NAME =
            Pattern.compile("password|passwd|passphrase|secret|token|authorization", Pattern.CASE_INSENSITIVE);

    private static final Pattern KEY_BEGIN = Pattern.compile("-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY-----");
    private static final Pattern KEY_END = Pattern.compile("-----END [A-Z0-9 ]{0,32}PRIVATE KEY-----");

    /** A line inside a key: Base64, or one of the headers of RFC 1421. */
    private static final Pattern KEY_LINE =
            Pattern.compile("\\s*+(?:(?:Proc-Type|DEK-Info):.*+|[A-Za-z0-9+/=]++|\\[redacted])?+\\s*+");

    /** {@code --user root:password}, as etcdctl and curl take it; what looks like a URL is none. */
    private static final Pattern USER =
            Pattern.compile("((?<![^ \\t])(?:--user|-u)[= \\t][ \\t]{0,8}+[^ \\t:/]{1,64}+:)(?!//)[^ \\t\\r]++");

    private static final int LONGEST_REST_OF_NAME = 64;

    private Redactor() {}

    /** The capture without secrets. */
    public static Capture clean(Capture capture) {
        return switch (capture) {
            case Capture.Answer a ->
                new Capture.Answer(
                        a.id(),
                        a.node(),
                        a.question(),
                        a.command(),
                        a.startedAt(),
                        a.took(),
                        a.exitStatus(),
                        clean(a.text()),
                        clean(a.errorText()),
                        a.bytes(),
                        a.truncated(),
                        a.who());
            case Capture.NoAnswer n ->
                new Capture.NoAnswer(
                        n.id(),
                        n.node(),
                        n.question(),
                        n.command(),
                        n.startedAt(),
                        n.took(),
                        n.reason(),
                        clean(n.detail()),
                        clean(n.text()),
                        n.who());
        };
    }

    /** The text without secrets. */
    public static String clean(String text) {
        var lines = new ArrayList<String>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(text.substring(from, end));
            from = end + 1;
        }
        lines.add(text.substring(from));
        withoutKeys(lines);
        lines.replaceAll(line -> USER.matcher(withoutAccounts(withoutValues(line.replace('\0', '\u2400'))))
                .replaceAll("$1" + Matcher.quoteReplacement(GONE)));
        return String.join("\n", lines);
    }

    private static void withoutKeys(List<String> lines) {
        boolean inside = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (inside && KEY_LINE.matcher(line).matches()) {
                lines.set(i, keyLine(line));
                continue;
            }
            Matcher end = KEY_END.matcher(line);
            if (!inside && end.find() && !KEY_BEGIN.matcher(line).find()) {
                withoutKeyBefore(lines, i);
            }
            inside = false;
            Matcher begin = KEY_BEGIN.matcher(line);
            int open = -1;
            while (begin.find()) {
                open = begin.end();
            }
            if (open >= 0) {
                String cleaned = withoutKeysWithin(line);
                lines.set(i, cleaned);
                inside = !KEY_END.matcher(line).region(open, line.length()).find();
            }
        }
    }

    /** The capture began inside a key. */
    private static void withoutKeyBefore(List<String> lines, int end) {
        for (int i = end - 1; i >= 0 && KEY_LINE.matcher(lines.get(i)).matches(); i--) {
            if (lines.get(i).contains(GONE)) {
                return;
            }
            lines.set(i, keyLine(lines.get(i)));
        }
    }

    private static String keyLine(String line) {
        String end = line.endsWith("\r") ? "\r" : "";
        return line.isBlank() ? line : GONE + end;
    }

    /** Keys written into one line, as JSON does; one that does not end there goes to the end of the line. */
    private static String withoutKeysWithin(String line) {
        var cleaned = new StringBuilder();
        Matcher begin = KEY_BEGIN.matcher(line);
        Matcher end = KEY_END.matcher(line);
        int from = 0;
        while (from <= line.length() && begin.find(from)) {
            cleaned.append(line, from, begin.end());
            int close = end.find(begin.end()) ? end.start() : line.length();
            cleaned.append(
                    close == begin.end() || line.substring(begin.end(), close).isBlank()
                            ? line.substring(begin.end(), close)
                            : GONE);
            from = close;
        }
        return cleaned.append(line, from, line.length()).toString();
    }

    private static String withoutValues(String line) {
        Matcher name = NAME.matcher(line);
        StringBuilder cleaned = null;
        int kept = 0;
        int from = 0;
        while (from < line.length() && name.find(from)) {
            SecretValue value = SecretValue.behind(line, name.start(), name.end(), LONGEST_REST_OF_NAME);
            if (line.startsWith(GONE, value.start())) {
                from = value.start() + GONE.length();
            } else if (value.isThere()) {
                cleaned = cleaned == null ? new StringBuilder() : cleaned;
                cleaned.append(line, kept, value.start()).append(GONE);
                kept = value.end();
                from = value.end();
            } else {
                from = name.end();
            }
        }
        return cleaned == null
                ? line
                : cleaned.append(line, kept, line.length()).toString();
    }

    /** {@code https://account:password@host}: all before the last {@code @} of the authority (RFC 3986, 3.2.1). */
    private static String withoutAccounts(String line) {
        StringBuilder cleaned = null;
        int kept = 0;
        for (int at = line.indexOf("://"); at >= 0; at = line.indexOf("://", at + 3)) {
            int start = at + 3;
            int sign = -1;
            int end = start;
            while (end < line.length() && "/?# \t\"'<>,\\".indexOf(line.charAt(end)) < 0) {
                sign = line.charAt(end) == '@' ? end : sign;
                end++;
            }
            if (sign > start) {
                cleaned = cleaned == null ? new StringBuilder() : cleaned;
                cleaned.append(line, kept, start).append(GONE);
                kept = sign;
            }
        }
        return cleaned == null
                ? line
                : cleaned.append(line, kept, line.length()).toString();
    }
}
