package org.etcdmedic.ticketing.target;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Shortens text to what a target takes, at whole characters; what was shortened ends in an ellipsis. */
public final class Cut {
    private static final String ELLIPSIS = "…";
    private static final int ELLIPSIS_BYTES = 3;

    private Cut() {}

    /** At most so many bytes of UTF-8. */
    public static String bytes(String text, int most) {
        if (text.length() <= most / 3 || text.getBytes(StandardCharsets.UTF_8).length <= most) {
            return text;
        }
        if (most < ELLIPSIS_BYTES) {
            return "";
        }
        var kept = CharBuffer.wrap(text);
        // The encoder stops before a character that does not fit as a whole.
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(java.nio.charset.CodingErrorAction.REPLACE)
                .encode(kept, ByteBuffer.allocate(most - ELLIPSIS_BYTES), true);
        return text.substring(0, kept.position()) + ELLIPSIS;
    }

    /** At most so many characters, as most targets count them: UTF-16 units, but never half a character. */
    public static String characters(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        if (most < 1) {
            return "";
        }
        int end = most - 1;
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }
}
