package org.etcdmedic.veil;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Maps addresses one to one so that two of them share exactly as many leading bits afterwards as before (Xu, Fan, Ammar and
 * Moon, "Prefix-preserving IP address anonymization", 2002). Each node of the binary tree of all addresses either swaps its two
 * branches or does not, as the secret says. Nodes on the way to a fixed range never swap, so that the range maps into itself.
 */
final class PrefixTree {
    private static final int REMEMBERED = 65_536;

    private final Secret secret;
    private final int first;
    private final int last;
    private final List<Fixed> fixed;
    private final List<Ends> ends;
    private final Map<String, byte[]> known = new HashMap<>();

    /**
     * A tree.
     *
     * @param first bits before this one stay as they are
     * @param last bits from this one on, too
     * @param fixed ranges that map into themselves
     * @param ends parts of an address in which nothing but zeros, or nothing but ones, stays
     */
    PrefixTree(Secret secret, int first, int last, List<Fixed> fixed, List<Ends> ends) {
        this.secret = secret;
        this.first = first;
        this.last = last;
        this.fixed = List.copyOf(fixed);
        this.ends = List.copyOf(ends);
    }

    /**
     * A part of the addresses of a range whose ends stay its ends.
     *
     * @param range the range
     * @param from its first bit
     * @param to the bit behind it
     */
    record Ends(Fixed range, int from, int to) {
        /** Whether the node at this depth, on the way to the address, lies on the way to one of the ends. */
        boolean holds(byte[] address, int depth) {
            if (depth < from || depth >= to || !range.covers(address)) {
                return false;
            }
            for (int bit = from + 1; bit < depth; bit++) {
                if (bit(address, bit) != bit(address, from)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static int bit(byte[] address, int bit) {
        return (address[bit / 8] >> (7 - bit % 8)) & 1;
    }

    /**
     * A range of addresses that stays where it is.
     *
     * @param address its first address
     * @param bits how many leading bits make it up
     * @param kept whether every address in it stays itself, too
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never shared
    record Fixed(byte[] address, int bits, boolean kept) {
        boolean covers(byte[] other) {
            return sharedBits(address, other) >= bits;
        }
    }

    static int sharedBits(byte[] a, byte[] b) {
        for (int i = 0; i < a.length; i++) {
            int differs = (a[i] ^ b[i]) & 0xff;
            if (differs != 0) {
                return (i * 8) + Integer.numberOfLeadingZeros(differs) - 24;
            }
        }
        return a.length * 8;
    }

    /** Whether the address stays itself. */
    boolean keeps(byte[] address) {
        return fixed.stream().anyMatch(range -> range.kept() && range.covers(address));
    }

    /** How many leading bits of the address never swap. */
    private int untouched(byte[] address) {
        int bits = first;
        for (Fixed range : fixed) {
            bits = Math.max(bits, Math.min(range.bits(), sharedBits(range.address(), address) + 1));
        }
        return bits;
    }

    byte[] map(byte[] address) {
        if (keeps(address)) {
            return address.clone();
        }
        byte[] head = Arrays.copyOf(address, (last + 7) / 8);
        String key = Arrays.toString(head);
        byte[] mapped = known.get(key);
        if (mapped == null) {
            mapped = swapped(address, untouched(address));
            if (known.size() < REMEMBERED) {
                known.put(key, mapped);
            }
        }
        byte[] all = Arrays.copyOf(mapped, address.length);
        System.arraycopy(address, head.length, all, head.length, address.length - head.length);
        return all;
    }

    private byte[] swapped(byte[] address, int from) {
        byte[] mapped = Arrays.copyOf(address, (last + 7) / 8);
        byte[] prefix = new byte[address.length + 1];
        for (int bit = 0; bit < last; bit++) {
            prefix[address.length] = (byte) bit;
            int depth = bit;
            if (bit >= from
                    && ends.stream().noneMatch(end -> end.holds(address, depth))
                    && (secret.sum(prefix)[0] & 1) == 1) {
                mapped[bit / 8] ^= (byte) (0x80 >> (bit % 8));
            }
            prefix[bit / 8] |= (byte) (bit(address, bit) << (7 - bit % 8));
        }
        return mapped;
    }
}
