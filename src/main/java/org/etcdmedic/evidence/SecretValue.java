package org.etcdmedic.evidence;

/**
 * Where the value of a secret stands in a line.
 *
 * @param start its first character
 * @param end behind its last one; the same as start when there is none
 */
record SecretValue(int start, int end) {
    private static final int MOST_BLANKS = 8;

    /**
     * The value behind a name, as in {@code password=x}, {@code "db_password": "x"}, {@code --token x} (a blank or a tab
     * after an option only) and {@code Authorization: Basic x}. etcd's {@code initial-cluster-token} is a cluster's name
     * and no secret.
     *
     * @param nameStart where the word begins that makes the name one of a secret
     * @param nameEnd where it ends
     * @param rest how much of the name may follow
     */
    static SecretValue behind(String line, int nameStart, int nameEnd, int rest) {
        int at = nameEnd;
        while (at < line.length() && at < nameEnd + rest && partOfName(line.charAt(at))) {
            at++;
        }
        boolean option =
                at == nameEnd && nameStart > 0 && line.charAt(nameStart - 1) == '-' && optionBegins(line, nameStart);
        int afterName = at;
        at = skipQuote(line, at);
        int blanks = skipBlanks(line, at);
        boolean sign = blanks < line.length() && (line.charAt(blanks) == '=' || line.charAt(blanks) == ':');
        if (line.startsWith("cluster-", Math.max(0, nameStart - "cluster-".length()))
                && nameStart >= "cluster-".length()) {
            return new SecretValue(nameEnd, nameEnd);
        }
        if (sign) {
            at = skipBlanks(line, blanks + 1);
        } else if (option && blanks > afterName && blanks < line.length() && line.charAt(blanks) != '-') {
            at = blanks;
        } else {
            return new SecretValue(nameEnd, nameEnd);
        }
        boolean header = line.regionMatches(true, nameStart, "authorization", 0, "authorization".length());
        return value(line, at, header);
    }

    boolean isThere() {
        return end > start;
    }

    private static SecretValue value(String line, int from, boolean header) {
        int start = skipQuote(line, from);
        if (start > from) {
            char quote = line.charAt(start - 1);
            int end = start;
            while (end < line.length() && line.charAt(end) != quote && line.charAt(end) != '\r') {
                end++;
            }
            // In JSON within JSON the closing quote has a backslash too.
            return new SecretValue(
                    start, end > start && line.charAt(end - 1) == '\\' && start - from == 2 ? end - 1 : end);
        }
        String ends = header ? "\"'\r" : " \t\r\"',;&}";
        int end = start;
        while (end < line.length() && ends.indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return new SecretValue(start, end);
    }

    /** {@code -token} and {@code --token}, at the beginning of a word. */
    private static boolean optionBegins(String line, int nameStart) {
        int dash = nameStart - 1;
        if (dash > 0 && line.charAt(dash - 1) == '-') {
            dash--;
        }
        return dash == 0 || line.charAt(dash - 1) == ' ' || line.charAt(dash - 1) == '\t';
    }

    private static boolean partOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Words.digit(c) || c == '_' || c == '-' || c == '.';
    }

    private static int skipQuote(String line, int at) {
        int quote = at < line.length() && line.charAt(at) == '\\' ? at + 1 : at;
        return quote < line.length() && (line.charAt(quote) == '"' || line.charAt(quote) == '\'') ? quote + 1 : at;
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && at < from + MOST_BLANKS && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }
}
