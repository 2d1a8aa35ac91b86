package org.etcdmedic.alarm.source;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.etcdmedic.alarm.AcceptAlarm;
import org.etcdmedic.alarm.ClearAlarms;
import org.etcdmedic.alarm.source.yaml.PresetFiles;
import org.etcdmedic.audit.AuditTrail;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Trust;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the sources together: presets, and what the configuration says under {@code medic.sources}. */
@Configuration(proxyBeanMethods = false)
class SourceConfiguration {
    /** A sender waits for it: SMN for five seconds. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(3);

    @Bean
    Sources sources(Environment environment) {
        Map<String, SourceDocument> configured = Binder.get(environment)
                .bind(
                        "medic.sources",
                        Bindable.mapOf(String.class, SourceDocument.class),
                        // What is bound to nothing is a slip of the pen.
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
                .orElse(Map.of());
        return Sources.of(PresetFiles.documents(), configured);
    }

    @Bean
    TakeBody takeBody(AcceptAlarm accept, ClearAlarms clear, RefusedBodies refused, Instances instances, Clock clock) {
        return new TakeBody(accept, clear, refused, instances, clock);
    }

    @Bean
    Subscriptions subscriptions(Sources sources, SslBundles bundles, Clock clock) {
        var couriers = new TreeMap<String, Courier>();
        for (Source source : sources.all()) {
            couriers.computeIfAbsent(
                    Subscriptions.bundle(source), name -> new Courier(CONFIRMATION, Trust.of(bundles, name), clock));
        }
        return new Subscriptions(couriers);
    }

    @Bean
    DryRun dryRun(Sources sources, Instances instances) {
        return new DryRun(sources, instances);
    }

    @Bean
    ResendBody resendBody(RefusedBodies refused, Sources sources, TakeBody take, AuditTrail audit, Clock clock) {
        return new ResendBody(refused, sources, take, audit, clock);
    }

    @Bean
    ConfirmSubscription confirmSubscription(
            RefusedBodies refused, Sources sources, Subscriptions subscriptions, ResendBody resend) {
        return new ConfirmSubscription(refused, sources, subscriptions, resend);
    }
}
