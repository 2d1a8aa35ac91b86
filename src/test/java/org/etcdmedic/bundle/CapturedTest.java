package org.etcdmedic.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.api.Test;

class CapturedTest {
    private static final Pattern WORDS_OF_GREP = Pattern.compile("grep -aE -i \"([^\"]+)\"");

    /** A system log that was collected by hand testifies by the same lines as one that was asked for. */
    @Test
    void picksTheLinesThatTheProbePicks() {
        String script = YamlProbes.shipped().get(new ProbeId("system-log")).script();

        assertThat(WORDS_OF_GREP.matcher(script).results().map(words -> words.group(1)))
                .containsExactly(Captured.PICKED_WORDS);
    }
}
