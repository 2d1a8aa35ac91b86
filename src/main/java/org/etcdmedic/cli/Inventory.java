package org.etcdmedic.cli;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.etcdmedic.bundle.EntryName;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The instances that the service knows, as far as it takes to find the one that a node belongs to. */
record Inventory(List<Instance> instances) {
    private static final int SHOWN = 20;

    /** Copies the list. */
    Inventory {
        instances = List.copyOf(instances);
    }

    /** An instance. */
    record Instance(String instanceId, List<Node> nodes) {
        Instance {
            requireNonNull(instanceId);
            nodes = List.copyOf(nodes);
        }

        boolean has(String node) {
            return nodes.stream().anyMatch(one -> one.nodeId().equals(node));
        }
    }

    /** A node of it. */
    record Node(String nodeId) {
        Node {
            requireNonNull(nodeId);
        }
    }

    /** A page of them. */
    record Page(List<Instance> items, @Nullable String next) {
        Page {
            items = List.copyOf(items);
        }
    }

    /** All of them, page by page. */
    static Inventory of(Remote remote, Waiting waiting, Refusals refusals) {
        var instances = new ArrayList<Instance>();
        String path = "/instances";
        while (true) {
            String here = path;
            Answer.Good good = waiting.ask(limit -> remote.get(here, limit), Waiting.Again.WHEN_IT_IS_BUSY);
            Page page;
            try {
                page = Json.read(good.body(), Page.class);
            } catch (JacksonException noInstances) {
                throw refusals.foreign();
            }
            instances.addAll(page.items());
            if (page.next() == null || page.items().isEmpty()) {
                return new Inventory(instances);
            }
            path = "/instances?cursor=" + URLEncoder.encode(page.next(), StandardCharsets.UTF_8);
        }
    }

    /** The one instance that has this node. */
    String instanceOf(String node, Words words) {
        List<String> found = instances.stream()
                .filter(instance -> instance.has(node))
                .map(Instance::instanceId)
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw new CommandEnd(Exit.USAGE, unknown(node, words));
        }
        throw CommandEnd.usage(words.text(
                "cli.several-instances",
                node,
                found.stream().map(EntryName::shown).collect(Collectors.joining(", "))));
    }

    private List<String> unknown(String node, Words words) {
        var sentences = new ArrayList<String>();
        sentences.add(words.text("cli.unknown-node", node));
        instances.stream()
                .limit(SHOWN)
                .forEach(instance -> sentences.add("  "
                        + words.text(
                                "cli.verdict",
                                EntryName.shown(instance.instanceId()),
                                instance.nodes().stream()
                                        .map(one -> EntryName.shown(one.nodeId()))
                                        .collect(Collectors.joining(", ")))));
        if (instances.size() > SHOWN) {
            sentences.add("  " + words.text("cli.and-more", Integer.toString(instances.size() - SHOWN)));
        }
        return sentences;
    }
}
