package org.etcdmedic.veil;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of hosts with their domains, known by an ending that only names have. */
final class FullName {
    /** Endings of names on the Internet and inside; what ends in another word may as well be a file. */
    private static final Set<String> ENDINGS = Set.of("""
            com net org edu gov mil int info biz cloud cn hk tw sg jp kr eu de uk fr es it nl ch at se pl us ca
            br mx au ru ae za local lan internal intra intranet corp private home test example invalid arpa
            """.strip().split("\\s+"));

    /** Whose documents and sources logs refer to. */
    private static final Pattern PUBLIC = Pattern.compile(
            "(?:.*\\.)?(?:github\\.com|golang\\.org|kernel\\.org|redhat\\.com|debian\\.org|ubuntu\\.com|openssl\\.org|gnu\\.org"
                    + "|freedesktop\\.org|w3\\.org|example\\.(?:com|net|org))",
            Pattern.CASE_INSENSITIVE);

    private FullName() {}

    /** Where a name ends that begins here and has an ending that only names have; where it begins when it is none. */
    static int ends(String text, int from) {
        int end = from;
        while (end < text.length()
                && end - from < 254
                && (IpText.letterOrDigit(text.charAt(end)) || "._-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        while (end > from && "._-".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String word = text.substring(from, end);
        int dot = word.lastIndexOf('.');
        boolean name = dot > 0 && !word.contains("..") && endsLikeOne(word) && !isPublic(word);
        return name ? end : from;
    }

    /** Whether what stands behind the last dot, or all of it where there is none, is the ending of a name. */
    static boolean endsLikeOne(String name) {
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** Whether the name is one of the public places that logs refer to. */
    static boolean isPublic(String name) {
        return PUBLIC.matcher(name).matches();
    }

    /** The domain of a full name; itself when it has no host before it. */
    static String domain(String name) {
        int dot = name.indexOf('.');
        return name.indexOf('.', dot + 1) < 0 ? name : name.substring(dot + 1);
    }
}
