package org.etcdmedic.probe.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Capture.Reason;
import org.etcdmedic.probe.ProbeFixtures;
import org.etcdmedic.probe.Who;
import org.etcdmedic.probe.Who.Through;
import org.etcdmedic.probe.ssh.Ending.Cut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskingTest {

    @ParameterizedTest(name = "[{0}] exit {1}, {2} / {3}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "SUDO, 1, '', sudo: a password is required",
                "SUDO, 1, '', sudo: unknown user: Ruby",
                "SUDO, 1, '', sudo: unknown user Ruby",
                "SUDO, 1, '', \"Sorry, user ops is not allowed to execute '/usr/bin/env' as Ruby on n1.\"",
                "SUDO, 1, '', ops is not in the sudoers file.  This incident will be reported.",
                "SUDO, 1, '', \"sudo: sorry, you must have a tty to run sudo\"",
                "SUDO, 1, '', sudo: env: command not found",
                "SUDO, 127, '', bash: line 1: sudo: command not found",
                "SUDO, 127, '', env: 'sudo': No such file or directory",
                "RUNUSER, 1, '', runuser: user Ruby does not exist",
                "RUNUSER, 127, '', env: 'runuser': No such file or directory",
            })
    void tellsThatTheAccountCouldNotBeChanged(Through through, int status, String text, String errorText) {
        assertThat(capture(through, status, text.replace("''", ""), errorText))
                .isInstanceOfSatisfying(Capture.NoAnswer.class, it -> {
                    assertThat(it.reason()).isEqualTo(Reason.NOT_PERMITTED);
                    assertThat(it.detail()).isEqualTo(errorText);
                });
    }

    @Test
    void quotesWhatRefusedRatherThanTheWarningBeforeIt() {
        String warned = "sudo: unable to resolve host n1: Name or service not known\nsudo: a password is required\n";

        assertThat(capture(Through.SUDO, 1, "", warned))
                .isInstanceOfSatisfying(
                        Capture.NoAnswer.class,
                        it -> assertThat(it.detail()).isEqualTo("sudo: a password is required"));
        assertThat(capture(Through.SUDO, 127, "", warned.replace("a password is required", "tail: command not found")))
                .isInstanceOfSatisfying(
                        Capture.NoAnswer.class,
                        it -> assertThat(it.detail()).isEqualTo("sudo: tail: command not found"));
    }

    @ParameterizedTest(name = "[{0}] exit {1}, {2} / {3}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "SUDO, 1, \"\", \"tail: cannot open '/x' for reading: Permission denied\"",
                "SUDO, 1, \"\", \"sudo: unable to resolve host n1: Name or service not known\"",
                "SUDO, 1, some lines, sudo: a password is required",
                "SUDO, 0, some lines, \"\"",
                "NOTHING, 1, \"\", sudo: a password is required",
                "RUNUSER, 1, \"\", grep: /x: No such file or directory",
            })
    void takesTheProbesOwnFailureForAnAnswer(Through through, int status, String text, String errorText) {
        assertThat(capture(through, status, text, errorText)).isInstanceOfSatisfying(Capture.Answer.class, it -> {
            assertThat(it.exitStatus()).contains(status);
            assertThat(it.text()).isEqualTo(text);
            assertThat(it.errorText()).isEqualTo(errorText);
        });
    }

    @ParameterizedTest
    @CsvSource({"124, TIMED_OUT", "137, TIMED_OUT", "126, PROGRAM_MISSING", "127, PROGRAM_MISSING"})
    void readsTheWrappersExitStatus(int status, Reason reason) {
        assertThat(capture(Through.NOTHING, status, "half", "words"))
                .isInstanceOfSatisfying(Capture.NoAnswer.class, it -> {
                    assertThat(it.reason()).isEqualTo(reason);
                    assertThat(it.text()).isEqualTo("half");
                });
    }

    @ParameterizedTest
    @CsvSource({"TIME_LIMIT, TIMED_OUT", "DEADLINE, DEADLINE", "LOST, CONNECTION_LOST"})
    void neverTakesACutForAnAnswer(Cut cut, Reason reason) {
        assertThat(asking(Through.NOTHING)
                        .capture(ran(cut, Optional.empty(), Optional.empty(), Duration.ZERO, "half", "")))
                .isInstanceOfSatisfying(Capture.NoAnswer.class, it -> {
                    assertThat(it.reason()).isEqualTo(reason);
                    assertThat(it.text()).isEqualTo("half");
                });
    }

    @Test
    void marksWhatWasCutAtTheByteLimitAndForgetsItsStatus() {
        assertThat(asking(Through.NOTHING)
                        .capture(ran(Cut.BYTE_LIMIT, Optional.of(0), Optional.empty(), Duration.ZERO, "much", "")))
                .isInstanceOfSatisfying(Capture.Answer.class, it -> {
                    assertThat(it.truncated()).isTrue();
                    assertThat(it.exitStatus()).isEmpty();
                    assertThat(it.bytes()).isEqualTo(4);
                });
    }

    @ParameterizedTest
    @CsvSource({"200, CONNECTION_LOST", "2000, TIMED_OUT"})
    void takesASignalForTheTimeLimitOnlyWhenTheTimeWasOver(int millis, Reason reason) {
        assertThat(asking(Through.NOTHING)
                        .capture(ran(
                                Cut.NOTHING,
                                Optional.empty(),
                                Optional.of("KILL"),
                                Duration.ofMillis(millis),
                                "half",
                                "")))
                .isInstanceOfSatisfying(
                        Capture.NoAnswer.class, it -> assertThat(it.reason()).isEqualTo(reason));
    }

    @Test
    void stampsWhenTheCommandBeganAndNotWhenItWasQueued() {
        var asking = asking(Through.NOTHING);
        var later = new Asking(
                asking.node(),
                asking.question(),
                asking.command(),
                asking.who(),
                asking.startedAt(),
                asking.beganNanos() - Duration.ofSeconds(3).toNanos());

        Capture capture =
                later.capture(ran(Cut.NOTHING, Optional.of(0), Optional.empty(), Duration.ofSeconds(1), "", ""));

        assertThat(capture.startedAt()).isBetween(Instant.EPOCH.plusSeconds(2), Instant.EPOCH.plusSeconds(4));
        assertThat(capture.took()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void showsNoCommandWhenNoneWasSent() {
        assertThat(asking(Through.NOTHING)
                        .capture(new Ending.NotRun(Reason.CHANNEL_REFUSED, "no", false))
                        .command())
                .isEmpty();
        assertThat(asking(Through.NOTHING)
                        .capture(new Ending.NotRun(Reason.CONNECTION_LOST, "no", true))
                        .command())
                .isEqualTo("exec something");
    }

    private static Capture capture(Through through, int status, String text, String errorText) {
        return asking(through)
                .capture(ran(Cut.NOTHING, Optional.of(status), Optional.empty(), Duration.ZERO, text, errorText));
    }

    private static Asking asking(Through through) {
        return Asking.of(
                        new NodeId("n1"),
                        ProbeFixtures.question(ProbeFixtures.probe("id -un")),
                        InstantSource.fixed(Instant.EPOCH))
                .sent(new WireCommand.Send("exec something", new Who("ops", "Ruby", through)));
    }

    private static Ending.Ran ran(
            Cut cut, Optional<Integer> status, Optional<String> signal, Duration ran, String text, String errorText) {
        return new Ending.Ran(cut, status, signal, text, errorText, text.length(), ran);
    }
}
