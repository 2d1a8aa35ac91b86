package org.etcdmedic.evidence.firewall;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Addresses of one family from the first to the last, inclusive.
 *
 * @param ipv6 whether they are IPv6
 * @param first lowest
 * @param last highest
 */
public record AddressRange(boolean ipv6, BigInteger first, BigInteger last) {
    /** Reads {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code 10.0.0.0/255.0.0.0}, {@code a-b} and the same of IPv6. */
    public static Optional<AddressRange> read(String text) {
        int dash = text.indexOf('-');
        if (dash > 0) {
            Optional<AddressRange> low = read(text.substring(0, dash));
            Optional<AddressRange> high = read(text.substring(dash + 1));
            return low.isPresent()
                            && high.isPresent()
                            && low.get().ipv6 == high.get().ipv6
                            && low.get().first.compareTo(high.get().last) <= 0
                    ? Optional.of(new AddressRange(low.get().ipv6, low.get().first, high.get().last))
                    : Optional.empty();
        }
        int slash = text.indexOf('/');
        Optional<byte[]> bytes = AddressText.bytes(slash < 0 ? text : text.substring(0, slash));
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        int bits = bytes.get().length * 8;
        Optional<BigInteger> hosts = slash < 0 ? Optional.of(BigInteger.ZERO) : hosts(text.substring(slash + 1), bits);
        BigInteger address = new BigInteger(1, bytes.get());
        return hosts.map(mask -> new AddressRange(bits == 128, address.andNot(mask), address.or(mask)));
    }

    /** The bits that a mask leaves to hosts; a mask with holes is none that we read. */
    private static Optional<BigInteger> hosts(String mask, int bits) {
        if (mask.length() <= 3 && !mask.isEmpty() && mask.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int length = Integer.parseInt(mask);
            return length > bits
                    ? Optional.empty()
                    : Optional.of(BigInteger.ONE.shiftLeft(bits - length).subtract(BigInteger.ONE));
        }
        BigInteger all = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        return AddressText.bytes(mask)
                .filter(bytes -> bytes.length * 8 == bits)
                .map(bytes -> new BigInteger(1, bytes).xor(all))
                .filter(hosts -> hosts.and(hosts.add(BigInteger.ONE)).signum() == 0);
    }

    /** Whether all of the other one lies in this one. */
    public boolean covers(AddressRange other) {
        return ipv6 == other.ipv6 && first.compareTo(other.first) <= 0 && other.last.compareTo(last) <= 0;
    }

    /** How many addresses it holds: the fewer, the more it says. */
    public BigInteger size() {
        return last.subtract(first);
    }
}
