package org.etcdmedic.ticketing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which diagnoses become tickets, and where to ({@code medic.tickets.*}). Without targets nothing is sent. What is wrong in it is
 * told by {@link Targets}, all at once.
 *
 * @param link address under which people reach this service, such as {@code https://medic.example}; empty: tickets have no links
 * @param targets where tickets go, by name
 * @param rules every rule that fits adds its targets; of two with the same target the first one counts
 * @param follow what happens to a ticket after its opening
 * @param limit of one exchange with a target
 */
@ConfigurationProperties(prefix = "medic.tickets", ignoreUnknownFields = false)
public record TicketSettings(
        @DefaultValue("") String link,
        @DefaultValue Map<String, Entry> targets,
        @DefaultValue List<Rule> rules,
        @DefaultValue Follow follow,
        @DefaultValue("15s") Duration limit) {
    /** Copies the collections. */
    public TicketSettings {
        targets = Map.copyOf(targets);
        rules = List.copyOf(rules);
    }

    /**
     * A target.
     *
     * @param preset name of its preset or kind
     * @param url base address, or {@code file:/...} that holds it where it is a secret itself, as those of chat robots are
     * @param secret {@code file:/...} that holds a token or key; several while keys are being changed
     * @param settings what its preset asks for
     * @param templates bodies in place of the preset's, by action: {@code open}, {@code update}, {@code resolve}
     * @param rates such as {@code 20/1m} in place of the preset's
     * @param allowHttp it may be reached without TLS, though it is on another machine
     * @param sslBundle name of one of {@code spring.ssl.bundle.*}, when its certificate is not one that Java trusts
     */
    public record Entry(
            @DefaultValue("") String preset,
            @DefaultValue("") String url,
            @DefaultValue List<String> secret,
            @DefaultValue Map<String, String> settings,
            @DefaultValue Map<String, String> templates,
            @DefaultValue List<String> rates,
            @DefaultValue("false") boolean allowHttp,
            @DefaultValue("") String sslBundle) {
        /** Copies the collections. */
        public Entry {
            secret = List.copyOf(secret);
            settings = Map.copyOf(settings);
            templates = Map.copyOf(templates);
            rates = List.copyOf(rates);
        }
    }

    /**
     * What happens to a ticket after its opening.
     *
     * @param within the same cause on the same node adds to a ticket that is not older than this since it was last added to; after that it is another case
     * @param causeGone a rerun rules the cause out
     * @param cleared every alarm of the case was cleared by its sender
     */
    public record Follow(
            @DefaultValue("7d") Duration within,
            @DefaultValue("RESOLVE") Then causeGone,
            @DefaultValue("UPDATE") Then cleared) {
        /** What to do with a ticket then. */
        public enum Then {
            /** It is resolved. */
            RESOLVE,
            /** It is told. */
            UPDATE,
            /** Nothing. */
            NOTHING
        }
    }
}
