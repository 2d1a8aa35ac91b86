package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.api.Test;

class ObservedTest {
    @Test
    void onlyLogsSpeakOfThen() {
        assertThat(YamlProbes.shipped().all())
                .filteredOn(probe -> Observed.by(probe.id()) == Observed.THEN)
                .extracting(Probe::id)
                .containsExactly(new ProbeId("kernel-log"), new ProbeId("log-window"), new ProbeId("system-log"));
    }
}
