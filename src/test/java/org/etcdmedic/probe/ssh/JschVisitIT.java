package org.etcdmedic.probe.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.probe.ProbeFixtures.node;
import static org.etcdmedic.probe.ProbeFixtures.probe;
import static org.etcdmedic.probe.ProbeFixtures.question;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Capture.Reason;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.RunAs;
import org.etcdmedic.probe.Visit;
import org.etcdmedic.probe.Who;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JschVisitIT {
    @TempDir
    Path folder;

    private final TestSshd sshd = new TestSshd();
    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig(folder).trusting(sshd.start());
    }

    @AfterEach
    void stop() throws IOException {
        sshd.close();
    }

    @Test
    void bringsBackWhatTheCommandSaidAndItsStatus() {
        sshd.doing(running -> {
            running.say("out\n");
            running.complain("err\n");
            return 3;
        });

        assertThat(ask(probe("id"))).isInstanceOfSatisfying(Capture.Answer.class, it -> {
            assertThat(it.exitStatus()).contains(3);
            assertThat(it.text()).isEqualTo("out\n");
            assertThat(it.errorText()).isEqualTo("err\n");
            assertThat(it.bytes()).isEqualTo(4);
            assertThat(it.truncated()).isFalse();
            assertThat(it.node().value()).isEqualTo("n1");
            assertThat(it.who()).contains(new Who("ops", "ops", Who.Through.NOTHING));
        });
    }

    @Test
    void putsArgumentsOnStandardInputByteForByteAndNothingOfThemIntoTheCommand() {
        var input = new AtomicReference<String>();
        sshd.doing(running -> {
            input.set(running.input());
            return 0;
        });
        Probe probe = probe("IFS= read -r a; IFS= read -r b", "a", "b", "c", "d");

        Capture capture = ask(question(probe, "'; touch /tmp/x; '", "$(touch /tmp/x) `id` \\ \"", "", "中文 \t -rf"));

        assertThat(input).hasValue("'; touch /tmp/x; '\n$(touch /tmp/x) `id` \\ \"\n\n中文 \t -rf\n");
        assertThat(sshd.commands).containsExactly("exec " + probe.command());
        assertThat(capture.command()).isEqualTo("exec " + probe.command());
    }

    @Test
    void keepsNulAndReplacesWhatIsNotUtf8() {
        sshd.doing(running -> {
            running.out.write(new byte[] {'a', 0, (byte) 0xff, 'b'});
            running.out.flush();
            return 0;
        });

        assertThat(ask(probe("id")))
                .isInstanceOfSatisfying(
                        Capture.Answer.class, it -> assertThat(it.text()).isEqualTo("a\0\ufffdb"));
    }

    @Test
    void cutsAFloodAtTheByteLimitAndKeepsTheConnection() {
        sshd.doing(running -> {
            if (sshd.commands.getLast().contains("flood")) {
                var much = new byte[8192];
                Arrays.fill(much, (byte) 'x');
                while (running.destroyed.getCount() > 0) {
                    running.out.write(much);
                    running.out.flush();
                }
            }
            running.say("calm");
            return 0;
        });
        try (Visit visit = rig.visit(node("127.0.0.1", sshd.port()))) {
            Probe flood = probe(RunAs.LOGIN, "flood", Duration.ofSeconds(5), 100_000);

            assertThat(visit.ask(List.of(question(flood))))
                    .singleElement()
                    .isInstanceOfSatisfying(Capture.Answer.class, it -> {
                        assertThat(it.truncated()).isTrue();
                        assertThat(it.exitStatus()).isEmpty();
                        assertThat(it.text()).hasSize(100_000);
                        assertThat(it.took()).isLessThan(Duration.ofSeconds(5));
                    });
            assertThat(visit.ask(List.of(question(probe("calm")))))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Capture.Answer.class, it -> assertThat(it.text()).isEqualTo("calm"));
        }
    }

    @Test
    void isNotHeldByAFloodOfErrors() {
        sshd.doing(running -> {
            running.complain("e".repeat(3_000_000));
            running.say("done");
            return 0;
        });

        assertThat(ask(probe(RunAs.LOGIN, "id", Duration.ofSeconds(5), 1000)))
                .isInstanceOfSatisfying(Capture.Answer.class, it -> {
                    assertThat(it.text()).isEqualTo("done");
                    assertThat(it.errorText()).hasSize(4096);
                    assertThat(it.exitStatus()).contains(0);
                });
    }

    @Test
    void givesUpOnACommandThatNeverEnds() {
        sshd.doing(running -> {
            running.say("half");
            return running.never();
        });

        assertNoAnswer(ask(probe("id")), Reason.TIMED_OUT, "half", Duration.ofSeconds(6));
    }

    @Test
    void comesBackAtTheDeadlineOfTheVisit() {
        sshd.doing(running -> {
            running.say("half");
            return running.never();
        });
        Probe probe = probe(RunAs.LOGIN, "id", Duration.ofSeconds(20), 1000);
        rig.maxSessions = 1;
        try (Visit visit = rig.visit(node("127.0.0.1", sshd.port()), Duration.ofSeconds(2))) {
            List<Capture> captures = visit.ask(List.of(question(probe), question(probe)));

            assertThat(captures)
                    .hasSize(2)
                    .allSatisfy(it -> assertThat(reason(it)).isEqualTo(Reason.DEADLINE));
            assertThat(captures).extracting(Capture::took).allMatch(took -> took.toMillis() < 4000);
            assertThat(captures)
                    .extracting(it -> it.command().isEmpty())
                    .as("one was sent, the other never had its turn")
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void knowsTheTimeLimitOfTheNodeItself() {
        sshd.doing(running -> {
            running.say("half");
            return 124;
        });

        assertNoAnswer(ask(probe("id")), Reason.TIMED_OUT, "half", Duration.ofSeconds(3));
    }

    @Test
    void tellsALineThatBreaksInTheMiddle() {
        sshd.doing(running -> {
            running.say("half");
            TimeUnit.MILLISECONDS.sleep(300);
            return running.cutTheLine();
        });

        assertNoAnswer(
                ask(probe(RunAs.LOGIN, "id", Duration.ofSeconds(9), 1000)),
                Reason.CONNECTION_LOST,
                "half",
                Duration.ofSeconds(5));
    }

    @Test
    void tellsAServerThatRunsNoCommands() {
        sshd.server.setCommandFactory((_, _) -> {
            throw new IOException("no");
        });

        Capture capture = ask(probe("id"));

        assertThat(reason(capture)).isEqualTo(Reason.CHANNEL_REFUSED);
    }

    @Test
    void asksSideBySideAndAnswersInOrder() {
        var together = new CyclicBarrier(4);
        sshd.doing(running -> {
            together.await(10, TimeUnit.SECONDS);
            running.say(running.input());
            return 0;
        });

        assertThat(askNumbered(8)).containsExactlyElementsOf(numbers(8));
        assertThat(sshd.mostSessions).hasValue(4);
    }

    @Test
    void asksOneByOneWhenTheServerAllowsOneSession() {
        sshd.allowingSessions(1).doing(running -> {
            TimeUnit.MILLISECONDS.sleep(30);
            running.say(running.input());
            return 0;
        });

        assertThat(askNumbered(6)).containsExactlyElementsOf(numbers(6));
        assertThat(sshd.mostSessions).hasValue(1);
    }

    @Test
    void tellsAServerThatAllowsNoSessionAtAll() {
        sshd.allowingSessions(0);

        assertThat(reason(ask(probe("id")))).isEqualTo(Reason.CHANNEL_REFUSED);
        assertThat(sshd.commands).isEmpty();
    }

    @Test
    void letsSeveralThreadsAskOnOneVisit() {
        sshd.doing(running -> {
            running.say(running.input());
            return 0;
        });
        Probe probe = probe("read", "a");
        try (Visit visit = rig.visit(node("127.0.0.1", sshd.port()))) {
            var asked = IntStream.range(0, 6)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> visit.ask(List.of(question(probe, "a" + i), question(probe, "b" + i)))))
                    .toList();

            for (int i = 0; i < 6; i++) {
                assertThat(texts(asked.get(i).join())).containsExactly("a" + i + "\n", "b" + i + "\n");
            }
            assertThat(sshd.mostSessions.get()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void sendsNothingThatTheLoginMayNotDo() {
        Capture capture = ask(probe(RunAs.DATABASE_USER, "id", Duration.ofSeconds(1), 1000));

        assertNoAnswer(capture, Reason.NOT_PERMITTED, "", Duration.ofSeconds(1));
        assertThat(capture.command()).isEmpty();
        assertThat(capture.who()).isEmpty();
        assertThat(sshd.commands).isEmpty();
    }

    @Test
    void tellsThatSudoRefuses() {
        rig.sudo = true;
        sshd.doing(running -> {
            running.complain("sudo: a password is required\n");
            return 1;
        });
        Probe probe = probe(RunAs.DATABASE_USER, "id", Duration.ofSeconds(1), 1000);

        Capture capture = ask(probe);

        assertNoAnswer(capture, Reason.NOT_PERMITTED, "", Duration.ofSeconds(3));
        assertThat(capture.who()).contains(new Who("ops", "Ruby", Who.Through.SUDO));
        assertThat(sshd.commands).containsExactly("exec env LC_ALL=C sudo -n -u Ruby -- " + probe.sudoCommand());
    }

    @Test
    void answersAfterItsEndThatTheConnectionIsGone() {
        Visit visit = rig.visit(node("127.0.0.1", sshd.port()));
        visit.close();
        visit.close();

        assertThat(visit.ask(List.of(question(probe("id")))))
                .singleElement()
                .satisfies(it -> assertThat(reason(it)).isEqualTo(Reason.CONNECTION_LOST));
    }

    private Capture ask(Probe probe) {
        return ask(question(probe));
    }

    private Capture ask(Question question) {
        try (Visit visit = rig.visit(node("127.0.0.1", sshd.port()), Duration.ofSeconds(20))) {
            List<Capture> captures = visit.ask(List.of(question));
            assertThat(captures).hasSize(1);
            return captures.getFirst();
        }
    }

    private List<String> askNumbered(int count) {
        Probe probe = probe(RunAs.LOGIN, "read", Duration.ofSeconds(10), 1000, "n");
        try (Visit visit = rig.visit(node("127.0.0.1", sshd.port()), Duration.ofSeconds(20))) {
            return texts(visit.ask(IntStream.range(0, count)
                    .mapToObj(n -> question(probe, String.valueOf(n)))
                    .toList()));
        }
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(n -> n + "\n").toList();
    }

    private static List<String> texts(List<Capture> captures) {
        return captures.stream()
                .map(it -> it instanceof Capture.Answer answer ? answer.text() : it.toString())
                .toList();
    }

    private static Reason reason(Capture capture) {
        assertThat(capture).isInstanceOf(Capture.NoAnswer.class);
        return ((Capture.NoAnswer) capture).reason();
    }

    private static void assertNoAnswer(Capture capture, Reason reason, String text, Duration within) {
        assertThat(capture).isInstanceOfSatisfying(Capture.NoAnswer.class, it -> {
            assertThat(it.reason()).as(it.detail()).isEqualTo(reason);
            assertThat(it.text()).isEqualTo(text);
            assertThat(it.took()).isLessThan(within);
        });
    }
}
