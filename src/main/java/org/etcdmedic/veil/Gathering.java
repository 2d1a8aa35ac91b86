package org.etcdmedic.veil;

import java.util.ArrayList;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.veil.Pseudonym.Kind;

/** Walks a scene and finds out which words are names, and which addresses there are, before any of them is given a pseudonym. */
final class Gathering {
    private final Gathered gathered;

    private Gathering(Gathered gathered) {
        this.gathered = gathered;
    }

    /** Everything that is a name or an address in the scene. */
    static Gathered of(Scene scene) {
        var gathered = new Gathered(PlainWords.of(scene));
        var gathering = new Gathering(gathered);
        scene.nodes().forEach(node -> gathered.name(node.id().value(), Kind.NODE));
        scene.nodes().forEach(gathering::node);
        gathered.name(scene.instance().value(), Kind.INSTANCE);
        scene.names().forEach(gathered::called);
        scene.captures().forEach(gathering::capture);
        scene.words().forEach(text -> gathering.text("", text));
        return gathered;
    }

    private void node(Node node) {
        gathered.name(node.vmId(), Kind.MACHINE);
        gathered.host(node.host());
        gathered.host(node.etcd().address());
        gathered.name(node.login(), Kind.ACCOUNT);
        gathered.name(node.bastion(), Kind.HOST);
    }

    private void capture(Capture capture) {
        String probe = capture.question().probe().id().value();
        capture.who().ifPresent(who -> {
            gathered.name(who.login(), Kind.ACCOUNT);
            gathered.name(who.account(), Kind.ACCOUNT);
        });
        var texts = new ArrayList<>(capture.question().arguments().values());
        texts.add(capture.command());
        switch (capture) {
            case Capture.Answer answer -> {
                texts.add(answer.errorText());
                texts.add(answer.text());
            }
            case Capture.NoAnswer none -> {
                texts.add(none.detail());
                texts.add(none.text());
            }
        }
        texts.forEach(text -> text(probe, text));
    }

    private void text(String probe, String text) {
        for (NamePlace place : NamePlace.in(probe)) {
            place.names(text).forEach(name -> gathered.take(name, place.kind()));
        }
        words(text);
    }

    /** Addresses, and names with an ending that only names have. */
    private void words(String text) {
        boolean starts = true;
        int noAddressBefore = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (starts) {
                AddressAt address = at < noAddressBefore ? null : AddressAt.of(text, at);
                if (address != null) {
                    if (address.kind() == Kind.IPV4 || address.kind() == Kind.IPV6) {
                        gathered.address(address.bytes());
                    }
                    at = address.end() - 1;
                    starts = false;
                    continue;
                }
                if (IpText.letterOrDigit(c)) {
                    noAddressBefore = Math.max(noAddressBefore, AddressAt.endOfRun(text, at, noAddressBefore));
                    if (at == 0 || "._-".indexOf(text.charAt(at - 1)) < 0) {
                        int end = FullName.ends(text, at);
                        if (end > at) {
                            gathered.host(text.substring(at, end));
                        }
                    }
                }
            }
            starts = !IpText.letterOrDigit(c);
        }
    }
}
