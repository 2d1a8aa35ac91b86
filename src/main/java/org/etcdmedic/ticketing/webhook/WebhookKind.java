package org.etcdmedic.ticketing.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.TargetKind;
import org.springframework.stereotype.Component;

/** Makes targets that speak Standard Webhooks. */
@Component
class WebhookKind implements TargetKind {
    /** The specification advises less than 20 kB. */
    private static final int BODY_BYTES = 20_000;

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public boolean needsSecret() {
        return true;
    }

    @Override
    public Target target(Wishes wishes) throws Misconfigured {
        var mistakes = new ArrayList<String>();
        new TreeSet<>(wishes.settings().keySet())
                .forEach(key -> mistakes.add("settings." + key + " is not known to the preset webhook"));
        if (!wishes.bodies().isEmpty()) {
            mistakes.add("templates: what a webhook sends is the contract with its reader, and cannot be changed");
        }
        if (!mistakes.isEmpty()) {
            throw new Misconfigured(mistakes);
        }
        return new WebhookTarget(
                new Limits(BODY_BYTES, wishes.ratesOr(List.of(new Limits.Rate(50, Duration.ofSeconds(1))))));
    }
}
