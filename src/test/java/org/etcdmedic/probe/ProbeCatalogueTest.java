package org.etcdmedic.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.etcdmedic.probe.yaml.YamlProbes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeCatalogueTest {

    static Stream<Probe> shipped() {
        return YamlProbes.shipped().all().stream();
    }

    @Test
    void holdsTheShippedProbes() {
        assertThat(shipped().map(probe -> probe.id().value()))
                .contains("identity", "processes", "log-window", "cluster-status")
                .isSorted();
    }

    @Test
    void refusesAProbeThatStandsInItTwice() {
        Probe probe = ProbeFixtures.probe("id");

        assertThatThrownBy(() -> new ProbeCatalogue(List.of(probe, probe))).hasMessageContaining("made-up");
    }

    @Test
    void refusesToInventAProbe() {
        assertThatThrownBy(() -> YamlProbes.shipped().get(new ProbeId("no-such-probe")))
                .hasMessageContaining("no-such-probe");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void writesNothingOnANode(Probe probe) {
        assertThat(WritingWords.in(probe.script())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo x > /tmp/x",
                "echo x >/tmp/x",
                "echo x >> \"$f\"",
                "echo x &> /tmp/x",
                "echo x 2>/dev/nullx",
                "echo x >| /dev/sda",
                "rm -f x",
                "true; rm x",
                "true && mv a b",
                "cat x | tee y",
                "for f in *; do touch $f; done",
                "echo \"$(rm x)\"",
                "echo \"a $(echo \"b $(mkdir c)\")\"",
                "if true; then kill 1; fi",
                "sed -i s/a/b/ x",
                "sed -ni s/a/b/ x",
                "dd if=/dev/zero of=/x",
                "systemctl stop etcd",
                "systemctl restart crond",
                "service crond start",
                "cm_ctl stop",
                "cm_ctl",
                "crontab x",
                "crontab -r",
                "find / -delete",
                "find / -exec rm {} +",
                "gzip -d x.gz",
                "sort -o x x",
                "case $x in a) rm x ;; esac",
                "(rm x)",
                "eval \"$x\"",
            })
    void wouldNotShipAProbeThatWrites(String script) {
        assertThat(WritingWords.in(script)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat x 2>/dev/null",
                "cat x >/dev/null 2>&1",
                "env >&3",
                "( env >&3 ) 3>&1",
                "echo \"rm > x; kill\"",
                "grep -E \"oom-kill|Killed\" x",
                "cm_ctl query -Cvipd",
                "crontab -l",
                "gzip -cd -- x",
                "systemctl status crond",
                "cat /etc/service.rm",
            })
    void letsReadingScriptsPass(String script) {
        assertThat(WritingWords.in(script)).isEmpty();
    }
}
