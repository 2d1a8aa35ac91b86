package org.etcdmedic.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.inventory.Node;

/**
 * How etcd of a node is asked: with the etcdctl beside it, at its client URL, with the files that the cluster manager uses.
 * GaussDB keeps the clients' certificate beside the authority's.
 *
 * @param tool path of etcdctl; empty when it is not known
 * @param own the client URL of this node's etcd
 * @param others client URLs of the other members
 * @param trusted file of the certificate authority; empty without TLS
 * @param client the clients' certificate and key
 * @param server etcd's own certificate and key, for where the first may not be read
 */
public record EtcdAccess(String tool, String own, List<String> others, String trusted, KeyPair client, KeyPair server) {
    private static final String CERTIFICATES = "/share/sslcert/etcd";

    /** Copies the list. */
    public EtcdAccess {
        others = List.copyOf(others);
    }

    /** Two paths; empty when not known. What stands in the files is never looked at. */
    public record KeyPair(String certificate, String key) {
        private static final KeyPair NONE = new KeyPair("", "");
    }

    /** As far as it is known from this evidence; empty when not even the own address is. */
    public static Optional<EtcdAccess> of(Node node, NodeEvidence evidence) {
        Optional<EtcdAddresses> own = EtcdAddresses.of(node, evidence);
        Optional<EtcdFlags> flags = EtcdFlags.of(evidence);
        Optional<String> home = Installation.of(node, evidence).gaussHome();
        Optional<EtcdFlags.Url> stated = flags.flatMap(f -> f.url("listen-client-urls", "advertise-client-urls"));
        String scheme = stated.map(EtcdFlags.Url::scheme)
                .orElse(flags.flatMap(f -> f.path("cert-file")).isPresent() ? "https" : "http");
        if (own.isEmpty() || flags.isEmpty()) {
            return Optional.empty();
        }
        boolean secure = scheme.equals("https");
        Optional<String> trusted = flags.flatMap(f -> f.path("trusted-ca-file"))
                .or(() -> home.map(path -> path + CERTIFICATES + "/etcdca.crt"))
                .filter(path -> secure);
        return Optional.of(new EtcdAccess(
                tool(evidence).or(() -> home.map(path -> path + "/bin/etcdctl")).orElse(""),
                url(scheme, own.get()),
                EtcdAddresses.members(node, evidence).stream()
                        .filter(member -> !member.address().equals(own.get().address()) && member.clientPort() > 0)
                        .map(member -> url(scheme, member))
                        .distinct()
                        .toList(),
                trusted.orElse(""),
                trusted.map(path -> path.substring(0, path.lastIndexOf('/')))
                        .map(folder -> new KeyPair(folder + "/client.crt", folder + "/client.key"))
                        .orElse(KeyPair.NONE),
                secure
                        ? new KeyPair(
                                flags.flatMap(f -> f.path("cert-file")).orElse(""),
                                flags.flatMap(f -> f.path("key-file")).orElse(""))
                        : KeyPair.NONE));
    }

    private static String url(String scheme, EtcdAddresses at) {
        return new EtcdFlags.Url(scheme, at.clientAddress(), at.clientPort()).text();
    }

    private static Optional<String> tool(NodeEvidence evidence) {
        return evidence.processes().known().stream()
                .flatMap(table -> table.etcd().stream())
                .flatMap(process -> process.executable().stream())
                .map(path -> path.endsWith(" (deleted)") ? path.substring(0, path.length() - 10) : path)
                .filter(path -> path.startsWith("/") && path.endsWith("/etcd"))
                .map(path -> path + "ctl")
                .findFirst();
    }

    /** As the probe takes it. */
    public Map<String, String> arguments() {
        return Map.of(
                "tool", tool,
                "own", own,
                "others", String.join(" ", others),
                "trusted", trusted,
                "certificate", client.certificate(),
                "key", client.key(),
                "ownCertificate", server.certificate(),
                "ownKey", server.key());
    }
}
