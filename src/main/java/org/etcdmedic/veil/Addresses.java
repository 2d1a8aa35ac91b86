package org.etcdmedic.veil;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.etcdmedic.veil.PrefixTree.Ends;
import org.etcdmedic.veil.PrefixTree.Fixed;

/**
 * The pseudonyms of addresses. What shares a network before shares one of the same length afterwards, so rules, routes and the
 * matrix of who reaches whom stay true. Private space stays private, each block in itself. The last octet stays, with it the
 * network's own address, broadcast, gateways and ranges within a network.
 */
final class Addresses {
    /** Loopback, "this network", link-local, multicast and above name no machine of anybody. */
    private static final List<String> KEPT_V4 = List.of("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3");

    private static final List<String> BLOCKS_V4 =
            List.of("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15");

    /** Where the second octet is free, a third one of 0 or 255 stays: {@code 10.1.0.0/16} has its broadcast at its end. */
    private static final List<String> WIDE_V4 = List.of("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12");

    private static final List<String> KEPT_V6 = List.of("::/127", "ff00::/8");
    private static final List<String> BLOCKS_V6 = List.of("2000::/3", "fc00::/7", "fe80::/64", "64:ff9b::/96");
    private static final Fixed SOLICITED = range("ff02::1:ff00:0/104", false);
    private static final int OFFSET_OF_V4 = 12;

    /** So many secrets are tried until no pseudonym is an address that is there itself. */
    private static final int TRIES = 32;

    private final PrefixTree v4;
    private final PrefixTree v6;
    private final PrefixTree mac;

    private Addresses(PrefixTree v4, PrefixTree v6, PrefixTree mac) {
        this.v4 = v4;
        this.v6 = v6;
        this.mac = mac;
    }

    /**
     * Pseudonyms, none of which is one of these addresses, as far as that can be had.
     *
     * @param present addresses that are there
     */
    static Addresses of(Secret secret, Collection<byte[]> present) {
        var taken = new HashSet<String>();
        present.forEach(address -> taken.add(IpText.write(address)));
        Addresses best = null;
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES && fewest > 0; attempt++) {
            Addresses tried = of(secret.of("addresses " + attempt));
            long met = present.stream()
                    .filter(address -> !tried.keeps(address))
                    .filter(address -> taken.contains(IpText.write(tried.map(address))))
                    .count();
            if (met < fewest) {
                best = tried;
                fewest = met;
            }
        }
        return Objects.requireNonNull(best);
    }

    private static Addresses of(Secret secret) {
        List<Fixed> nobodysCards =
                List.of(new Fixed(new byte[6], 48, true), new Fixed(with(new byte[6], 0, true), 48, true));
        return new Addresses(
                new PrefixTree(
                        secret.of("IPv4"),
                        0,
                        24,
                        ranges(KEPT_V4, BLOCKS_V4),
                        WIDE_V4.stream()
                                .map(block -> new Ends(range(block, false), 16, 24))
                                .toList()),
                new PrefixTree(
                        secret.of("IPv6"),
                        0,
                        120,
                        ranges(KEPT_V6, BLOCKS_V6),
                        List.of(new Ends(range("::/0", false), 64, 120))),
                // The maker's part names no machine.
                new PrefixTree(secret.of("MAC"), 24, 48, nobodysCards, List.of()));
    }

    private static List<Fixed> ranges(List<String> kept, List<String> blocks) {
        return Stream.concat(
                        kept.stream().map(text -> range(text, true)),
                        blocks.stream().map(text -> range(text, false)))
                .toList();
    }

    private static Fixed range(String text, boolean kept) {
        int stroke = text.indexOf('/');
        String address = text.substring(0, stroke);
        byte[] bytes = address.indexOf(':') < 0 ? IpText.v4(address) : IpText.v6(address);
        return new Fixed(Objects.requireNonNull(bytes), Integer.parseInt(text.substring(stroke + 1)), kept);
    }

    boolean keeps(byte[] address) {
        return switch (address.length) {
            case 4 -> v4.keeps(address);
            case 6 -> mac.keeps(address);
            default -> mapped(address) ? v4.keeps(embedded(address)) : v6.keeps(address);
        };
    }

    byte[] map(byte[] address) {
        return switch (address.length) {
            case 4 -> v4.map(address);
            case 6 -> mac.map(address);
            default -> mapV6(address);
        };
    }

    /** The network of so many bits that has this first address. */
    byte[] map(byte[] address, int bits) {
        return with(map(address), bits, false);
    }

    private byte[] mapV6(byte[] address) {
        if (mapped(address)) {
            byte[] all = address.clone();
            System.arraycopy(v4.map(embedded(address)), 0, all, OFFSET_OF_V4, 4);
            return all;
        }
        byte[] all = v6.map(address);
        if (SOLICITED.covers(address)) {
            // The group by which a neighbour is looked for ends as its address does.
            byte[] card = mac.map(new byte[] {0x33, 0x33, -1, address[13], address[14], address[15]});
            System.arraycopy(card, 3, all, 13, 3);
        } else if (hardware(address)) {
            // The interface's own identifier is its Ethernet address with one bit turned (RFC 4291, appendix A).
            byte[] card = mac.map(
                    new byte[] {(byte) (address[8] ^ 2), address[9], address[10], address[13], address[14], address[15]
                    });
            byte[] own = {(byte) (card[0] ^ 2), card[1], card[2], -1, -2, card[3], card[4], card[5]};
            System.arraycopy(own, 0, all, 8, 8);
        }
        return all;
    }

    /** An IPv4 address written as an IPv6 one. */
    private static boolean mapped(byte[] address) {
        return Arrays.equals(address, 0, 10, new byte[10], 0, 10) && address[10] == -1 && address[11] == -1;
    }

    private static byte[] embedded(byte[] address) {
        return Arrays.copyOfRange(address, OFFSET_OF_V4, 16);
    }

    private static boolean hardware(byte[] address) {
        return address[11] == -1 && address[12] == -2;
    }

    /** The address with all bits from this one on cleared, or set. */
    static byte[] with(byte[] address, int from, boolean set) {
        byte[] all = address.clone();
        for (int bit = from; bit < all.length * 8; bit++) {
            int mask = 0x80 >> (bit % 8);
            all[bit / 8] = (byte) (set ? all[bit / 8] | mask : all[bit / 8] & ~mask);
        }
        return all;
    }
}
