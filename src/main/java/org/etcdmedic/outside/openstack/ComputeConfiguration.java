package org.etcdmedic.outside.openstack;

import java.time.Clock;
import org.etcdmedic.outside.Witness;
import org.etcdmedic.platform.http.Courier;
import org.etcdmedic.platform.http.Trust;
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
        var courier = new Courier(settings.limit(), Trust.of(bundles, settings.sslBundle()), clock);
        return new ComputeWitness(settings, new TokenDesk(settings, courier, clock), courier, clock);
    }
}
