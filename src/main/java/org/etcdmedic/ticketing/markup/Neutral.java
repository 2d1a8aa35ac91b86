package org.etcdmedic.ticketing.markup;

import java.util.regex.Pattern;

/** Takes the meaning out of characters. All of it walks a line once. */
final class Neutral {
    /** A character of no width: what is broken by it looks the same and is no longer what it was. */
    static final char NOTHING = '\u200b';

    /** Characters that Jira's backslash takes the meaning of (Text Formatting Notation, "escape special character"). */
    private static final String JIRA = "{}[]()|*_-+^~?!#@%";

    private static final String CALLS = "@#!$%&~^+:[";
    private static final String SPECIAL = "*_<>#`[]@|~\\";
    private static final String ALIKE = "＊＿＜＞＃＇［］＠｜～＼";

    /** Seven hexadecimal digits and more: a commit, if one begins like that. Those with hyphens are our own identifiers. */
    private static final Pattern COMMIT =
            Pattern.compile("(?<![0-9A-Za-z])[0-9a-f][0-9a-f-]{5,70}[0-9a-f](?![0-9A-Za-z])");

    private static final Pattern WORD = Pattern.compile("[^\\s`]+");

    private Neutral() {}

    static String brokenAfter(String text, char opening) {
        return text.replace(String.valueOf(opening), opening + String.valueOf(NOTHING));
    }

    static String jira(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                // Two of them are a line's end, and one takes away what the next character means: this one is followed
                // by nothing.
                out.append(c).append(NOTHING);
            } else {
                out.append(JIRA.indexOf(c) >= 0 ? "\\" : "").append(c);
                called(text, i, ":;&", out);
            }
        }
        return broken(out.toString());
    }

    /** Words that call somebody, and words that could be a commit, are code: nobody looks for anything in there. */
    static String markdown(String text) {
        var out = new StringBuilder(text.length() + 16);
        var word = WORD.matcher(text);
        int from = 0;
        while (word.find()) {
            escaped(text, from, word.start(), out);
            from = word.end();
            if (text.substring(word.start(), from).indexOf('@') >= 0) {
                out.append('`').append(word.group()).append('`');
            } else {
                commits(text, word.start(), from, out);
            }
        }
        escaped(text, from, text.length(), out);
        return broken(out.toString());
    }

    private static void commits(String text, int start, int end, StringBuilder out) {
        var commit = COMMIT.matcher(text).region(start, end);
        int from = start;
        while (commit.find()) {
            escaped(text, from, commit.start(), out);
            out.append('`').append(commit.group()).append('`');
            from = commit.end();
        }
        escaped(text, from, end, out);
    }

    /** Every ASCII punctuation but the harmless ones behind a backslash, and whoever is called not reached. */
    private static void escaped(String text, int from, int to, StringBuilder out) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 127 && !Character.isLetterOrDigit(c) && c != ',') {
                out.append('\\');
            }
            out.append(c);
            called(text, i, CALLS, out);
        }
    }

    static String quiet(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            out.append(text.charAt(i));
            called(text, i, CALLS, out);
        }
        return broken(out.toString());
    }

    private static void called(String text, int at, String calls, StringBuilder out) {
        if (calls.indexOf(text.charAt(at)) >= 0 && at + 1 < text.length()) {
            char next = text.charAt(at + 1);
            // A time of day stays as it is, an address and the name of a face do not.
            boolean digit = next >= '0' && next <= '9';
            if (text.charAt(at) == ':' ? !digit && next != ' ' : next != ' ') {
                out.append(NOTHING);
            }
        }
    }

    /** What becomes a link by its mere look: {@code www.} and GitHub's own {@code GH-12}. */
    private static String broken(String text) {
        return LOOKS.matcher(text).replaceAll("$1" + NOTHING);
    }

    private static final Pattern LOOKS = Pattern.compile("(?i)\\b(www|gh(?=\\\\?-[0-9]))");

    static String alike(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int special = SPECIAL.indexOf(c);
            out.append(special >= 0 && (c != '_' || !isWithinWord(text, i)) ? ALIKE.charAt(special) : c);
            called(text, i, ":&", out);
        }
        return broken(out.toString());
    }

    private static boolean isWithinWord(String text, int at) {
        return at > 0
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at - 1))
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    static int longestRun(String text, char of) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == of ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
