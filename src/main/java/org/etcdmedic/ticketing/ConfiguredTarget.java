package org.etcdmedic.ticketing;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.SecretFile;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.etcdmedic.ticketing.target.TargetKind;

/**
 * A target of the configuration.
 *
 * @param name what rules call it
 * @param kind what it is
 * @param target how it is spoken to
 * @param entry what the configuration says
 * @param courier who carries requests to it
 */
public record ConfiguredTarget(
        String name, TargetKind kind, Target target, TicketSettings.Entry entry, Courier courier) {

    /** How to get at it, read anew, so that a key can be changed while the service runs. */
    public Access access() throws Unwritable {
        var secrets = new ArrayList<String>();
        for (String file : entry.secret()) {
            secrets.add(read(file, "its secret"));
        }
        Optional<SecretFile> secretAddress = SecretFile.at(entry.url());
        String address = secretAddress.isPresent() ? read(entry.url(), "its address") : entry.url();
        if (secretAddress.isPresent()) {
            Optional<String> wrong = Targets.Address.wrong(withoutQuery(address), entry.allowHttp());
            if (wrong.isPresent()) {
                throw new Unwritable("the file of its address: " + wrong.get());
            }
        }
        try {
            return new Access(URI.create(address), secrets);
        } catch (IllegalArgumentException none) {
            throw new Unwritable("the file of its address: url is not http(s)://host[:port][/path]");
        }
    }

    private static String withoutQuery(String address) {
        int query = address.indexOf('?');
        return query < 0 ? address : address.substring(0, query);
    }

    private static String read(String file, String what) throws Unwritable {
        return SecretFile.at(file)
                .flatMap(SecretFile::read)
                .orElseThrow(() -> new Unwritable("the file of " + what + " cannot be read, or is empty"));
    }

    /** Whether its address is a secret. */
    public boolean hasSecretAddress() {
        return SecretFile.at(entry.url()).isPresent();
    }

    /** Its address for people: of a secret one only what is none. */
    public String shownAddress() {
        if (!hasSecretAddress()) {
            return entry.url();
        }
        try {
            URI address = access().address();
            return address.getScheme() + "://" + address.getAuthority() + "/***";
        } catch (Unwritable unreadable) {
            return "***";
        }
    }

    /** The same with other templates. */
    public ConfiguredTarget with(Map<String, String> templates) throws TargetKind.Misconfigured {
        List<Limits.Rate> rates = entry.rates().stream().map(Limits.Rate::of).toList();
        var all = new HashMap<>(entry.templates());
        all.putAll(templates);
        return new ConfiguredTarget(
                name, kind, kind.target(new TargetKind.Wishes(entry.settings(), all, rates)), entry, courier);
    }
}
