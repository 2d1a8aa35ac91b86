package org.etcdmedic.probe.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.etcdmedic.inventory.OsUser;
import org.etcdmedic.probe.ProbeFixtures;
import org.etcdmedic.probe.RunAs;
import org.etcdmedic.probe.Who;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireCommandTest {
    private static final String COMMAND = "env LC_ALL=C nice -n 10 timeout -k 1 7 sh -c"
            + " 'ionice -c 2 -n 7 -p $$ 2>/dev/null; trap : TERM; exec 8>&1 9>&2;"
            + " s=$( { { { ( eval \"set --; $1\" ) 3>&- 8>&- 9>&-; echo $? >&3; } 2>&1 >&7 7>&-"
            + " | ( trap \"\" TERM; head -c 4096 >&9; exec cat >/dev/null ); } 7>&1"
            + " | ( trap \"\" TERM; exec head -c 101 >&8 ); } 3>&1 ); (exit ${s:-255}); exit' etcd-medic 'id -un'";

    private static final String THROUGH_SUDO = "/usr/bin/nice -n 10 /usr/bin/timeout -k 1 7 /bin/sh -c '"
            + ("LC_ALL=C; export LC_ALL; ionice -c 2 -n 7 -p $$ 2>/dev/null; trap : TERM; exec 8>&1 9>&2;"
                            + " s=$( { { { ( eval \"set --; $(printf %s \"$1\" | tr \"\\t\" \"\\040\")\" )"
                            + " 3>&- 8>&- 9>&-; echo $? >&3; } 2>&1 >&7 7>&-"
                            + " | ( trap \"\" TERM; head -c 4096 >&9; exec cat >/dev/null ); } 7>&1"
                            + " | ( trap \"\" TERM; exec head -c 101 >&8 ); } 3>&1 ); (exit ${s:-255}); exit")
                    .replace(' ', '\t')
            + "' etcd-medic 'id\t-un'";

    @ParameterizedTest(name = "{0} for login {1} (sudo {2}) goes through {3} as {4}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "LOGIN, ops, false, NOTHING, ops, exec",
                "LOGIN, ops, true, NOTHING, ops, exec",
                "LOGIN, root, false, NOTHING, root, exec",
                "DATABASE_USER, Ruby, false, NOTHING, Ruby, exec",
                "DATABASE_USER, Ruby, true, NOTHING, Ruby, exec",
                "DATABASE_USER, root, false, RUNUSER, Ruby, exec env LC_ALL=C runuser -u Ruby --",
                "DATABASE_USER, root, true, RUNUSER, Ruby, exec env LC_ALL=C runuser -u Ruby --",
                "DATABASE_USER, ops, true, SUDO, Ruby, exec env LC_ALL=C sudo -n -u Ruby --",
                "ROOT, root, false, NOTHING, root, exec",
                "ROOT, root, true, NOTHING, root, exec",
                "ROOT, ops, true, SUDO, root, exec env LC_ALL=C sudo -n --",
                "ROOT, ops, false, NOTHING, ops, exec",
            })
    void putsTheProgramThatChangesTheAccountBeforeTheConstantCommand(
            RunAs runAs, String login, boolean sudo, Who.Through through, String account, String prefix) {
        assertThat(of(runAs, login, sudo))
                .isEqualTo(new WireCommand.Send(
                        prefix + " " + (through == Who.Through.SUDO ? THROUGH_SUDO : COMMAND),
                        new Who(login, account, through)));
    }

    @Test
    void sendsNothingWhenTheLoginCannotBecomeTheDatabaseUser() {
        assertThat(of(RunAs.DATABASE_USER, "ops", false))
                .isEqualTo(new WireCommand.NotPermitted(
                        "the probe needs account Ruby; login ops is another one and has no sudo"));
    }

    private static WireCommand of(RunAs runAs, String login, boolean sudo) {
        var probe = ProbeFixtures.probe(runAs, "id -un", Duration.ofSeconds(7), 100);
        return WireCommand.of(probe, new OsUser(login), sudo, new OsUser("Ruby"));
    }
}
