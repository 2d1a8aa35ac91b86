package org.etcdmedic.veil;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.etcdmedic.inventory.Node;

/** Words that tell nothing of where they stand, or mean something to whoever reads a log: they stay, whatever is called so. */
final class PlainWords {
    /** Names and accounts that every machine has, and words of logs. */
    private static final Set<String> COMMON = Set.of("""
            localhost localhost4 localhost6 localhost.localdomain localhost4.localdomain4
            localhost6.localdomain6 localdomain ip6-localhost ip6-loopback etcd gauss gaussdb node host server
            client peer kernel none null unknown offline default instance database true false root ruby omm
            nobody daemon sshd cron crond postgres ntp chrony dbus messagebus polkitd syslog rpc systemd
            systemd-network systemd-resolve systemd-timesync active standby primary leader follower network disk
            data member cluster address port status state error failed timeout connection
            """.strip().split("\\s+"));

    private static final Pattern SMALL_NUMBER = Pattern.compile("\\d{1,4}");

    private final Set<String> kept;

    private PlainWords(Set<String> kept) {
        this.kept = kept;
    }

    /** The common ones, those that our knowledge needs, and the databases' accounts. */
    static PlainWords of(Scene scene) {
        var kept = new HashSet<>(COMMON);
        scene.plain().forEach(word -> kept.add(word.toLowerCase(Locale.ROOT)));
        // The database's own account stands in every path, and is the product's name, not a person's.
        scene.nodes().stream()
                .map(Node::dbUser)
                .forEach(user -> kept.add(user.name().toLowerCase(Locale.ROOT)));
        return new PlainWords(kept);
    }

    boolean has(String word) {
        return kept.contains(word.toLowerCase(Locale.ROOT))
                || SMALL_NUMBER.matcher(word).matches();
    }
}
