package org.etcdmedic.bundle;

/**
 * A part of a bundle that was left aside, or of which only a part could be read.
 *
 * @param path where it lies in the bundle, made harmless to show
 * @param reason why
 */
public record Skipped(String path, Reason reason) {
    /** Why a part of a bundle was left aside. */
    public enum Reason {
        /** Its name leads out of the bundle with {@code ..}. */
        CLIMBS_OUT,
        /** Its name is that of a place on the machine and not one in the bundle. */
        ABSOLUTE_NAME,
        /** A symbolic or hard link. */
        LINK,
        /** A device, pipe or socket. */
        DEVICE,
        /** Another entry of the same name came before. */
        DUPLICATE_NAME,
        /** It is encrypted. */
        ENCRYPTED,
        /** Its name is empty or holds control characters. */
        NAME_UNUSABLE,
        /** Its name is longer than is taken. */
        NAME_TOO_LONG,
        /** It is packed in a way that is not read here. */
        PACKED_OTHERWISE,
        /** It is packed in more archives in one another than are opened. */
        NESTED_TOO_DEEP,
        /** It unpacks to many times more than a log does. */
        RATIO,
        /** It is damaged; nothing of it could be read. */
        DAMAGED,
        /** It is damaged or cut off; what stands before the damage was read. */
        CUT_SHORT,
        /** It may not be read by this account. */
        NOT_PERMITTED,
        /** There is nothing in it. */
        EMPTY,
        /** It is no text. */
        NO_TEXT,
        /** A text of a kind that is not known here. */
        NOT_RECOGNISED,
        /** It is known what it is, and no row is judged by it when it was collected by hand. */
        NOT_JUDGED,
        /** It holds no line of the time around the alarm, so it says nothing of it, not even by its silence. */
        OTHER_TIME,
        /** Enough was kept of other, newer files. */
        TOO_MUCH
    }
}
