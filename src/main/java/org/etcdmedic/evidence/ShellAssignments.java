package org.etcdmedic.evidence;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a line such as {@code export GAUSSLOG="$HOME/log" PGHOST=/tmp} as a shell would, without one: quotes, and variables
 * that are known already. A value that only running it would tell (a command in it, another variable) is not read.
 */
final class ShellAssignments {
    private static final Set<String> BEFORE = Set.of("export", "declare", "-x", "then", "else", "do", "{");
    private static final String ENDS = " \t;&|<>()";
    private static final String NEXT_COMMAND = ";&|";
    private static final int LONGEST = 4096;

    private final String line;
    private final Map<String, String> known;
    private int at;

    private ShellAssignments(String line, Map<String, String> known) {
        this.line = line;
        this.known = known;
    }

    /** Puts what the line assigns into the variables, where they already know others; a later value replaces one. */
    static void read(String line, Map<String, String> variables) {
        new ShellAssignments(line, variables).assignments();
    }

    private void assignments() {
        while (at < line.length()) {
            int start = at;
            while (at < line.length() && ENDS.indexOf(line.charAt(at)) < 0 && line.charAt(at) != '=') {
                at++;
            }
            String word = line.substring(start, at);
            if (at < line.length() && line.charAt(at) == '=' && !word.isEmpty()) {
                at++;
                Optional<String> value = value();
                if (value.isPresent()) {
                    known.put(word, value.get());
                } else {
                    // It is not what was read before either, and where it ends only a shell knows.
                    known.remove(word);
                    return;
                }
            } else if (!word.isEmpty() && !BEFORE.contains(word)) {
                passCommand();
            }
            at++;
        }
    }

    /** To the end of a command that is none of ours; what stands there in quotes is none either. */
    private void passCommand() {
        char quote = 0;
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (NEXT_COMMAND.indexOf(c) >= 0) {
                return;
            }
        }
    }

    /** Empty when it cannot be read. */
    private Optional<String> value() {
        var value = new StringBuilder();
        boolean quoted = false;
        boolean first = true;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (!quoted && ENDS.indexOf(c) >= 0) {
                break;
            }
            at++;
            switch (c) {
                case '"' -> quoted = !quoted;
                case '\'' -> {
                    int end = quoted ? at : line.indexOf('\'', at);
                    if (end < 0) {
                        return Optional.empty();
                    }
                    value.append(quoted ? "'" : line.substring(at, end));
                    at = quoted ? at : end + 1;
                }
                case '\\' -> {
                    if (at == line.length()) {
                        return Optional.empty();
                    }
                    value.append(line.charAt(at++));
                }
                case '$', '~' -> {
                    if (c == '~' && (quoted || !first)) {
                        value.append(c);
                        break;
                    }
                    Optional<String> variable = c == '~' ? Optional.ofNullable(known.get("HOME")) : variable();
                    if (variable.isEmpty()) {
                        return Optional.empty();
                    }
                    value.append(variable.get());
                }
                case '`' -> {
                    return Optional.empty();
                }
                default -> value.append(c);
            }
            first = false;
            if (value.length() > LONGEST) {
                return Optional.empty();
            }
        }
        return quoted ? Optional.empty() : Optional.of(value.toString());
    }

    /** Behind the dollar: {@code NAME} or {@code {NAME}}. */
    private Optional<String> variable() {
        boolean braces = at < line.length() && line.charAt(at) == '{';
        int start = braces ? at + 1 : at;
        int end = start;
        while (end < line.length() && (Character.isLetterOrDigit(line.charAt(end)) || line.charAt(end) == '_')) {
            end++;
        }
        if (braces && (end == line.length() || line.charAt(end) != '}')) {
            return Optional.empty();
        }
        at = braces ? end + 1 : end;
        return Optional.ofNullable(known.get(line.substring(start, end)));
    }
}
