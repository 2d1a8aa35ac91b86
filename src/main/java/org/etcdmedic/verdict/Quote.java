package org.etcdmedic.verdict;

/** How words of a node stand in our own sentences: on one line, without control characters, not endless. */
final class Quote {
    private static final int LONGEST = 400;

    private Quote() {}

    static String of(String words) {
        String cut = words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
        return cut.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
