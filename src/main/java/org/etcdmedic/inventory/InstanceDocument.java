package org.etcdmedic.inventory;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.etcdmedic.inventory.Node.StatedEtcd;
import org.etcdmedic.inventory.Node.StatedPaths;
import org.jspecify.annotations.Nullable;

/**
 * An instance as it is written down: in the API, in the inventory file, in the database. What is absent has a default or
 * is discovered on the node.
 *
 * @param name what people call it; the identifier when absent
 * @param nodes its nodes
 */
public record InstanceDocument(@Nullable String name, List<NodeDocument> nodes) {
    private static final int SSH_PORT = 22;
    private static final String DEFAULT_LOGIN = "default";
    private static final String DEFAULT_DB_USER = "Ruby";

    /** One node as it is written down; {@code nodeId} and {@code host} are required. */
    public record NodeDocument(
            String nodeId,
            @Nullable String vmId,
            String host,
            @Nullable Integer sshPort,
            @Nullable String login,
            @Nullable String bastion,
            @Nullable String dbUser,
            @Nullable StatedEtcd etcd,
            @Nullable StatedPaths paths) {}

    /** The instance that is described; throws {@link IllegalArgumentException} for one that cannot be. */
    public Instance toInstance(InstanceId id) {
        return new Instance(
                id,
                Optional.ofNullable(name).orElse(id.value()),
                stated("nodes", nodes).stream().map(InstanceDocument::node).toList());
    }

    private static Node node(@Nullable NodeDocument written) {
        NodeDocument document = stated("a node", written);
        return new Node(
                new NodeId(stated("nodeId of a node", document.nodeId())),
                document.vmId(),
                stated("host of a node", document.host()),
                Objects.requireNonNullElse(document.sshPort(), SSH_PORT),
                Objects.requireNonNullElse(document.login(), DEFAULT_LOGIN),
                document.bastion(),
                new OsUser(Objects.requireNonNullElse(document.dbUser(), DEFAULT_DB_USER)),
                Objects.requireNonNullElse(document.etcd(), StatedEtcd.NOTHING),
                Objects.requireNonNullElse(document.paths(), StatedPaths.NOTHING));
    }

    /** What has to be there: a reader of YAML or JSON leaves out what is not written. */
    private static <T> T stated(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    /** The instance written down in full. */
    public static InstanceDocument of(Instance instance) {
        return new InstanceDocument(
                instance.name(),
                instance.nodes().stream()
                        .map(node -> new NodeDocument(
                                node.id().value(),
                                node.vmId(),
                                node.host(),
                                node.sshPort(),
                                node.login(),
                                node.bastion(),
                                node.dbUser().name(),
                                node.etcd().equals(StatedEtcd.NOTHING) ? null : node.etcd(),
                                node.paths().equals(StatedPaths.NOTHING) ? null : node.paths()))
                        .toList());
    }
}
