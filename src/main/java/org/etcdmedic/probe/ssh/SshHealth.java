package org.etcdmedic.probe.ssh;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.etcdmedic.platform.Wellness;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether what the service needs to log in to nodes can be read at this moment. Nobody is connected to. */
public final class SshHealth implements HealthIndicator {
    private final SshSettings settings;

    /** The health of these settings. */
    public SshHealth(SshSettings settings) {
        this.settings = settings;
    }

    @Override
    public Health health() {
        if (settings.logins().isEmpty()) {
            return Health.unknown()
                    .withDetail("trouble", "no login is configured: no node can be asked")
                    .build();
        }
        Stream<String> keys = settings.logins().entrySet().stream()
                .filter(login -> !Files.isReadable(login.getValue().keyFile()))
                .map(login -> "the key of login " + login.getKey() + " cannot be read")
                .sorted();
        Stream<String> hosts = Stream.of(settings.knownHostsFile())
                .filter(file -> !Files.isReadable(file))
                .map(_ -> "known_hosts cannot be read");
        List<String> troubles = Stream.concat(keys, hosts).toList();
        return Wellness.of(troubles)
                .withDetail("logins", settings.logins().size())
                .build();
    }
}
