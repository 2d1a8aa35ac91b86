package org.etcdmedic.outside.prometheus;

import java.time.Clock;
import java.util.stream.Collectors;
import org.etcdmedic.outside.MetricCatalogue;
import org.etcdmedic.outside.Witness;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Trust;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts Prometheus in its place; where none is configured it is asked nothing. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PrometheusSettings.class)
class PrometheusConfiguration {
    @Bean
    MetricCatalogue metricCatalogue() {
        return new MetricCatalogue(
                MetricQueries.shipped().stream().collect(Collectors.toMap(MetricQuery::id, MetricQuery::entry)));
    }

    @Bean
    Witness prometheus(PrometheusSettings settings, SslBundles bundles, Clock clock) {
        var courier = new Courier(settings.times().limit(), Trust.of(bundles, settings.sslBundle()), clock);
        return new PrometheusWitness(settings, MetricQueries.with(settings.queries()), courier, clock);
    }
}
