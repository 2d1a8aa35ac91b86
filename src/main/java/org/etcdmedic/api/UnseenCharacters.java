package org.etcdmedic.api;

import java.util.Locale;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Characters that print nothing themselves and change what others look like: controls, marks that turn text around,
 * joiners. Words of a node may hold them. In JSON they are always written as escapes, which tells every program the same
 * and steers no terminal; in plain text as the same code.
 */
public final class UnseenCharacters extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7f;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    @SuppressWarnings("NullAway") // null is how the library is told to write the character as it is
    public SerializableString getEscapeSequence(int c) {
        return isUnseen(c) ? new SerializedString(code(c)) : null;
    }

    /** The text with each of them as its code, such as {@code \u001b}; lines and tabs stay. */
    public static String shown(String text) {
        var shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean lineEnd = c == '\r' && i < text.length() && text.charAt(i) == '\n';
            if (c == '\n' || c == '\t' || lineEnd || !isUnseen(c)) {
                shown.appendCodePoint(c);
            } else {
                for (char half : Character.toChars(c)) {
                    shown.append(code(half));
                }
            }
        }
        return shown.toString();
    }

    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String code(int c) {
        return String.format(Locale.ROOT, "\\u%04x", c);
    }
}
