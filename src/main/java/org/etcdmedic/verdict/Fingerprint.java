package org.etcdmedic.verdict;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.etcdmedic.inventory.InstanceId;

/**
 * The name under which a fault is remembered. The digest is SHA-256 over parts that each carry their length, cut to 128 bits, behind
 * the number of the recipe: another recipe gives other names, and nothing is taken for something else.
 *
 * @param value of the fault where it is: its instance, nodes, cause and things
 * @param kind of its like anywhere: its cause and what is wrong, without a place
 */
public record Fingerprint(String value, String kind) {
    private static final String RECIPE = "1";
    private static final int DIGITS = 32;

    /** The fingerprint of what was found in an instance. */
    public static Fingerprint of(InstanceId instance, Hallmark found) {
        var here = new ArrayList<String>(
                List.of("here", instance.value(), found.cause().value()));
        found.nodes().forEach(node -> here.addAll(List.of("node", node.value())));
        found.things().forEach(thing -> {
            here.addAll(List.of("thing", thing.aspect()));
            thing.named().forEach((name, value) -> here.addAll(List.of(name, value)));
        });
        Stream<String> kind = Stream.concat(
                Stream.of("kind", found.cause().value()),
                found.things().stream().map(Hallmark.Thing::aspect).distinct());
        return new Fingerprint(digest(here), digest(kind.toList()));
    }

    private static String digest(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // With its length before it: two parts are not the same as one that holds both.
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return RECIPE + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
