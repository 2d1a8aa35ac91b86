package org.etcdmedic.probe;

import java.time.InstantSource;
import org.etcdmedic.probe.ssh.JschProber;
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
    Prober prober(SshSettings settings, InstantSource clock) {
        return new JschProber(settings, clock);
    }
}
