package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.NODE;
import static org.etcdmedic.evidence.EvidenceFixtures.WINDOW;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;
import static org.etcdmedic.evidence.EvidenceFixtures.loggedIn;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Row C11: an installation in a chroot, whose processes and tools tell paths as they are in there. */
class ChrootTest {
    private static NodeEvidence read(String environment) {
        return EvidenceReader.read(
                NODE,
                loggedIn(),
                List.of(aCapture("gauss-environment").text(environment).build()),
                WINDOW);
    }

    private static GaussEnvironment environment(String text) {
        return read(text).environment().known().orElseThrow();
    }

    private static final String IN_CHROOT = """
            source process om_monitor
            root /var/chroot
            GAUSSHOME=/usr/local/core/app
            GAUSSLOG=/var/lib/log/Ruby
            source env-file
            source login-shell
            source end
            """;

    @Test
    void tellsPathsAsTheyAreOutside() {
        assertThat(environment(IN_CHROOT).value("GAUSSHOME")).contains("/var/chroot/usr/local/core/app");
        assertThat(environment(IN_CHROOT).value("GAUSSLOG")).contains("/var/chroot/var/lib/log/Ruby");
        assertThat(Installation.outside("/usr/local/etcd", read(IN_CHROOT))).isEqualTo("/var/chroot/usr/local/etcd");
    }

    @Test
    void addsTheChrootOnlyOnce() {
        assertThat(Installation.outside("/var/chroot/usr/local/etcd", read(IN_CHROOT)))
                .isEqualTo("/var/chroot/usr/local/etcd");
    }

    @Test
    void leavesPathsAloneWithoutAChroot() {
        String plain = IN_CHROOT.replace("root /var/chroot", "root /");

        assertThat(environment(plain).value("GAUSSHOME")).contains("/usr/local/core/app");
        assertThat(environment(plain).root()).isEmpty();
        assertThat(Installation.outside("/usr/local/etcd", read(plain))).isEqualTo("/usr/local/etcd");
    }

    @Test
    void believesTheBestWitnessAndNoneBelowIt() {
        String both = """
                source process om_monitor
                root /
                GAUSSHOME=/usr/local/core/app
                source chroot-env-file
                root /var/chroot
                GAUSSHOME=/usr/local/core/old
                source end
                """;

        assertThat(environment(both).value("GAUSSHOME")).contains("/usr/local/core/app");
        assertThat(environment(both).root()).isEmpty();
    }

    @Test
    void findsTheChrootByItsEnvironmentFileWhereNoProcessRuns() {
        String dead = """
                source env-file
                source chroot-env-file
                root /var/chroot
                GAUSSHOME=/usr/local/core/app
                source login-shell
                source end
                """;

        assertThat(environment(dead).value("GAUSSHOME")).contains("/var/chroot/usr/local/core/app");
    }
}
