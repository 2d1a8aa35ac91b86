package org.etcdmedic.veil;

import java.util.Arrays;
import java.util.HexFormat;
import org.etcdmedic.veil.Pseudonym.Kind;
import org.jspecify.annotations.Nullable;

/** Writes other addresses and identifiers in the place of those of a text, in the shape that these have there. */
final class AddressWriter {
    private final Addresses addresses;
    private final Secret identifiers;
    private final Legend legend;

    AddressWriter(Addresses addresses, Secret identifiers, Legend legend) {
        this.addresses = addresses;
        this.identifiers = identifiers;
        this.legend = legend;
    }

    /** Writes the pseudonym of an address, with the length of its network or the end of its range, and tells where that ends. */
    int write(StringBuilder out, String text, AddressAt found) {
        return switch (found.kind()) {
            case MAC -> {
                String bare = HexFormat.ofDelimiter(found.joint()).formatHex(addresses.map(found.bytes()));
                out.append(legend.noted(Kind.MAC, bare, text.substring(found.end() - 17, found.end())));
                yield found.end();
            }
            case UUID -> {
                out.append(identifier(found, text));
                yield found.end();
            }
            case IPV4, IPV6 -> {
                int bits = bits(text, found);
                AddressAt last = bits < 0 ? rangeEnd(text, found) : null;
                if (bits < 0 && last != null) {
                    int shared = PrefixTree.sharedBits(found.bytes(), last.bytes());
                    byte[] first = addresses.map(found.bytes(), shared);
                    out.append(shown(found, first))
                            .append('-')
                            .append(shown(last, Addresses.with(first, shared, true)));
                    yield last.end();
                }
                boolean network = bits >= 0 && Arrays.equals(found.bytes(), Addresses.with(found.bytes(), bits, false));
                out.append(shown(found, network ? addresses.map(found.bytes(), bits) : addresses.map(found.bytes())));
                yield found.end();
            }
            case NODE, MACHINE, INSTANCE, HOST, DOMAIN, ACCOUNT, SUBJECT ->
                throw new IllegalArgumentException("no address is a " + found.kind());
        };
    }

    /** Length of the network that is stated behind the address; -1 when none is. */
    private static int bits(String text, AddressAt found) {
        int at = found.end();
        if (at + 1 >= text.length() || text.charAt(at) != '/' || !IpText.digit(text.charAt(at + 1))) {
            return -1;
        }
        AddressAt mask = found.kind() == Kind.IPV4 ? AddressAt.v4(text, at + 1) : null;
        if (mask != null) {
            byte[] ones = new byte[4];
            Arrays.fill(ones, (byte) -1);
            int length = PrefixTree.sharedBits(mask.bytes(), ones);
            return Arrays.equals(mask.bytes(), Addresses.with(ones, length, false)) ? length : -1;
        }
        int end = at + 1;
        int value = 0;
        while (end < text.length() && end - at < 4 && IpText.digit(text.charAt(end))) {
            value = value * 10 + text.charAt(end) - '0';
            end++;
        }
        return value <= found.bytes().length * 8 ? value : -1;
    }

    /** The last address of a range that is a whole network larger than those whose last octet stays; null when there is none. */
    private static @Nullable AddressAt rangeEnd(String text, AddressAt found) {
        if (found.end() + 1 >= text.length() || text.charAt(found.end()) != '-') {
            return null;
        }
        AddressAt last = AddressAt.of(text, found.end() + 1);
        if (last == null || last.kind() != found.kind()) {
            return null;
        }
        int shared = PrefixTree.sharedBits(found.bytes(), last.bytes());
        boolean whole = Arrays.equals(found.bytes(), Addresses.with(found.bytes(), shared, false))
                && Arrays.equals(last.bytes(), Addresses.with(last.bytes(), shared, true));
        return whole && shared < found.bytes().length * 8 ? last : null;
    }

    private String identifier(AddressAt found, String text) {
        byte[] bytes = found.bytes();
        boolean nobodys = Arrays.equals(bytes, new byte[16]);
        byte[] other = nobodys ? bytes : Arrays.copyOf(identifiers.sum(bytes), 16);
        String hex = HexFormat.of().formatHex(other);
        String bare =
                found.joint().isEmpty() ? hex : hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
        int length = found.joint().isEmpty() ? 32 : 36;
        return legend.noted(Kind.UUID, bare, text.substring(found.end() - length, found.end()));
    }

    private String shown(AddressAt found, byte[] mapped) {
        String pseudonym = legend.noted(found.kind(), IpText.write(mapped), IpText.write(found.bytes()));
        return found.joint().length() > 1 ? pseudonym.replace(".", found.joint()) : pseudonym;
    }
}
