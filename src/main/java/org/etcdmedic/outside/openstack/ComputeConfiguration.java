package org.etcdmedic.outside.openstack;

import java.time.Clock;
import java.util.Optional;
import org.etcdmedic.outside.Witness;
import org.etcdmedic.platform.http.Courier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the compute API in its place; where none is configured it is asked nothing. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ComputeSettings.class)
class ComputeConfiguration {
    @Bean
    Witness compute(ComputeSettings settings, SslBundles bundles, Clock clock) {
        var courier = new Courier(
                settings.limit(),
                Optional.of(settings.sslBundle())
                        .filter(name -> !name.isEmpty())
                        .map(name -> bundles.getBundle(name).createSslContext()),
                clock);
        return new ComputeWitness(settings, new TokenDesk(settings, courier, clock), courier, clock);
    }
}
