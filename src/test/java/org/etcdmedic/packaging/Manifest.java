package org.etcdmedic.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * One rendered object of Kubernetes.
 *
 * @param tree its content
 */
record Manifest(JsonNode tree) {
    String kind() {
        return tree.path("kind").asString();
    }

    String name() {
        return tree.at("/metadata/name").asString();
    }

    /** What stands there, as a JSON pointer names it. */
    JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    /** Every text in it, keys and values alike. */
    List<String> texts() {
        var texts = new ArrayList<String>();
        collect(tree, texts::add);
        return texts;
    }

    private static void collect(JsonNode node, Consumer<String> to) {
        if (node.isString()) {
            to.accept(node.asString());
        }
        node.propertyNames().forEach(to);
        node.forEach(child -> collect(child, to));
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
