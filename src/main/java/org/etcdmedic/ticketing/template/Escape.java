package org.etcdmedic.ticketing.template;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.io.JsonStringEncoder;

/** How a value is set into the text around it, so that no value can become part of that text's structure. */
enum Escape {
    /** Inside a JSON string. */
    JSON {
        @Override
        String of(String value) {
            return new String(JsonStringEncoder.getInstance().quoteAsCharArray(value));
        }
    },
    /** Inside an address: everything but letters, digits and {@code -._~} by its percent code. */
    ADDRESS {
        @Override
        String of(String value) {
            return UriUtils.encode(value, StandardCharsets.UTF_8);
        }
    },
    /** A header's value, of one line. */
    HEADER {
        @Override
        String of(String value) {
            return value.codePoints()
                    .map(c -> Character.isISOControl(c) ? ' ' : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    };

    abstract String of(String value);
}
