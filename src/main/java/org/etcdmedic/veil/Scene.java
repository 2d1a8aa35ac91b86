package org.etcdmedic.veil;

import java.util.List;
import java.util.Set;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Capture;

/**
 * All that goes into one package, before anything in it has a pseudonym.
 *
 * @param instance the instance it is about
 * @param names what people call the instance, and other names that are known to be some
 * @param nodes its nodes
 * @param captures what was captured
 * @param words further texts
 * @param plain words that our knowledge of logs needs: a machine that is called like one of them keeps its name
 */
public record Scene(
        InstanceId instance,
        List<String> names,
        List<Node> nodes,
        List<Capture> captures,
        List<String> words,
        Set<String> plain) {
    /** Copies the collections. */
    public Scene {
        names = List.copyOf(names);
        nodes = List.copyOf(nodes);
        captures = List.copyOf(captures);
        words = List.copyOf(words);
        plain = Set.copyOf(plain);
    }
}
