package org.etcdmedic.ticketing.chat;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of messages and of answers. */
final class Body {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHORTEST = 200;

    private Body() {}

    /**
     * A body that fits: its text is made shorter until it does, for how much longer JSON makes it depends on what stands in it.
     *
     * @param most bytes of the body
     * @param text bytes of text to begin with
     * @param written the body with so many bytes of text
     */
    static String fitting(int most, int text, IntFunction<ObjectNode> written) throws Unwritable {
        for (int bytes = text; bytes >= SHORTEST; bytes = bytes * 3 / 4) {
            String body = JSON.writeValueAsString(written.apply(bytes));
            if (body.getBytes(StandardCharsets.UTF_8).length <= most) {
                return body;
            }
        }
        throw new Unwritable("even its shortest text has more than " + most + " bytes");
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** What an answer says at this pointer; empty when it says nothing there, or is not JSON. */
    static String at(String answer, String pointer) {
        return parsed(answer).at(pointer).asString("");
    }

    private static JsonNode parsed(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** A code as far as it is one: an answer can quote the request. */
    static String shown(String code) {
        return code.isEmpty() ? "missing" : code.matches("-?[0-9]{1,12}") ? code : "that is none";
    }
}
