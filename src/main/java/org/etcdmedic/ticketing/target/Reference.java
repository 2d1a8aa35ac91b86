package org.etcdmedic.ticketing.target;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * What the target calls its ticket.
 *
 * @param id its identifier there, such as {@code DBA-17}; at most 200 characters
 * @param link where people read it; empty where the target has no page
 */
public record Reference(String id, Optional<String> link) {
    private static final int LONGEST = 200;
    private static final int LONGEST_LINK = 2000;

    /** Takes only what can be stored and shown: a link that is no web address is left out, for a page makes it one to click. */
    public Reference {
        if (id.isBlank() || id.length() > LONGEST || id.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an identifier has 1 to " + LONGEST + " visible characters");
        }
        link = link.filter(Reference::isWebAddress);
    }

    /** The reference with this identifier; empty where it is none, such as one that is not in the answer. */
    public static Optional<Reference> of(String id, Optional<String> link) {
        return id.isBlank() || id.length() > LONGEST || id.chars().anyMatch(Character::isISOControl)
                ? Optional.empty()
                : Optional.of(new Reference(id, link));
    }

    private static boolean isWebAddress(String text) {
        try {
            URI address = new URI(text);
            return text.length() <= LONGEST_LINK
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
