package org.etcdmedic.veil;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Redactor;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Who;
import org.etcdmedic.veil.Pseudonym.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Takes names, addresses and secrets out of texts, and puts the same pseudonym in the place of the same name everywhere. What a
 * parser reads stays of its shape: an address an address, a network a network, a host name a host name, a line a line.
 * It remembers what it has replaced, and belongs to one package.
 */
public final class Veil {
    private final Names names;
    private final AddressWriter addresses;
    private final Legend legend;

    private Veil(Names names, AddressWriter addresses, Legend legend) {
        this.names = names;
        this.addresses = addresses;
        this.legend = legend;
    }

    /**
     * A veil over all of the scene. The same secret and scene give the same pseudonyms.
     *
     * @throws TooManyNames when not everything in the scene can have one
     */
    public static Veil over(Scene scene, Secret secret) {
        Gathered gathered = Gathering.of(scene);
        Addresses addresses = Addresses.of(secret, gathered.addresses());
        Names names = Names.of(secret, gathered.names());
        for (Node node : scene.nodes()) {
            madeOfAddress(node.host(), addresses).forEach(names::add);
            madeOfAddress(node.etcd().address(), addresses).forEach(names::add);
        }
        var legend = new Legend();
        return new Veil(names, new AddressWriter(addresses, secret.of("identifiers"), legend), legend);
    }

    /** Clouds name machines by their addresses, such as {@code ip-192-0-2-1}. */
    private static List<Pseudonym> madeOfAddress(@Nullable String host, Addresses addresses) {
        byte[] address = host == null ? null : IpText.v4(host);
        if (host == null || address == null || addresses.keeps(address)) {
            return List.of();
        }
        String pseudonym = IpText.write(addresses.map(address));
        return Stream.of('-', '_')
                .map(joint -> new Pseudonym(Kind.IPV4, pseudonym.replace('.', joint), host.replace('.', joint)))
                .toList();
    }

    /** What was replaced until now, in the order of the pseudonyms. */
    public List<Pseudonym> used() {
        return legend.used();
    }

    /** The capture under the veil. */
    public Capture capture(Capture capture) {
        var arguments = new LinkedHashMap<String, String>();
        capture.question().arguments().forEach((name, value) -> arguments.put(name, text(value)));
        var question = new Question(capture.question().probe(), arguments);
        var who = capture.who().map(seen -> new Who(text(seen.login()), text(seen.account()), seen.through()));
        return switch (capture) {
            case Capture.Answer a ->
                new Capture.Answer(
                        a.id(),
                        a.node(),
                        question,
                        text(a.command()),
                        a.startedAt(),
                        a.took(),
                        a.exitStatus(),
                        text(a.text()),
                        text(a.errorText()),
                        a.bytes(),
                        a.truncated(),
                        who);
            case Capture.NoAnswer n ->
                new Capture.NoAnswer(
                        n.id(),
                        n.node(),
                        question,
                        text(n.command()),
                        n.startedAt(),
                        n.took(),
                        n.reason(),
                        text(n.detail()),
                        text(n.text()),
                        who);
        };
    }

    /**
     * The text under the veil. It has as many lines as before.
     *
     * @throws TooManyNames when more was replaced by now than can be looked up again
     */
    public String text(String original) {
        String text = Certificates.takenOutOf(Redactor.clean(original));
        var out = new StringBuilder(text.length() + 64);
        boolean starts = true;
        int noAddressBefore = 0;
        int at = 0;
        while (at < text.length()) {
            int escape = escape(text, at);
            if (escape > 0) {
                out.append(text, at, at + escape);
                at += escape;
                starts = true;
                continue;
            }
            if (starts) {
                AddressAt address = at < noAddressBefore ? null : AddressAt.of(text, at);
                Names.Found name = names.at(text, at);
                if (name != null && (address == null || address.kind() == Kind.UUID || name.end() > address.end())) {
                    out.append(legend.noted(name.name()));
                    at = name.end();
                    starts = false;
                    continue;
                }
                if (address != null) {
                    at = addresses.write(out, text, address);
                    starts = false;
                    continue;
                }
                int cut = names.cutShort(text, at);
                if (cut > at) {
                    at = cut;
                    continue;
                }
                noAddressBefore = Math.max(noAddressBefore, AddressAt.endOfRun(text, at, noAddressBefore));
            }
            char c = text.charAt(at);
            out.append(c);
            starts = !IpText.letterOrDigit(c);
            at++;
        }
        return out.toString();
    }

    /** How long an escape is that stands here; 0 when none does, or when a name stands behind the backslash. */
    private int escape(String text, int at) {
        return text.charAt(at) == '\\' && names.at(text, at + 1) != null ? 0 : Escapes.length(text, at);
    }
}
