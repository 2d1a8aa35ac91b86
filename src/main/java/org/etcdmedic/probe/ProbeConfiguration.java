package org.etcdmedic.probe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;
import org.etcdmedic.probe.observed.ObservedProber;
import org.etcdmedic.probe.ssh.JschProber;
import org.etcdmedic.probe.ssh.SshHealth;
import org.etcdmedic.probe.ssh.SshSettings;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SshSettings.class)
class ProbeConfiguration {

    @Bean
    ProbeCatalogue probeCatalogue() {
        return YamlProbes.shipped();
    }

    @Bean
    SshHealth sshHealthIndicator(SshSettings settings) {
        return new SshHealth(settings);
    }

    @Bean
    Prober prober(SshSettings settings, InstantSource clock, ObservationRegistry observations, MeterRegistry meters) {
        return new ObservedProber(new JschProber(settings, clock), observations, meters);
    }
}
