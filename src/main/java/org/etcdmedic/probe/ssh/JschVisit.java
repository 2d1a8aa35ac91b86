package org.etcdmedic.probe.ssh;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.platform.Carried;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.Reach;
import org.etcdmedic.probe.Visit;
import org.etcdmedic.probe.ssh.SshSettings.Login;

/** A visit to a node that we are logged in to. */
final class JschVisit implements Visit {
    private final Reach.LoggedIn reach;
    private final Node node;
    private final Login login;
    private final Exchanges exchanges;
    private final InstantSource clock;
    private final Leaving leaving;

    JschVisit(Reach.LoggedIn reach, Node node, Login login, Exchanges exchanges, InstantSource clock, Leaving leaving) {
        this.reach = reach;
        this.node = node;
        this.login = login;
        this.exchanges = exchanges;
        this.clock = clock;
        this.leaving = leaving;
    }

    @Override
    public Reach reach() {
        return reach;
    }

    @Override
    public List<Capture> ask(List<Question> questions) {
        List<Future<Capture>> answers;
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("ask-" + node.id() + "-", 0).factory())) {
            answers = questions.stream()
                    .map(question -> threads.submit(Carried.over((Callable<Capture>) () -> ask(question))))
                    .toList();
        }
        return answers.stream().map(Future::resultNow).toList();
    }

    private Capture ask(Question question) {
        var asking = Asking.of(node.id(), question, clock);
        return switch (WireCommand.of(question.probe(), login.account(), login.sudo(), node.dbUser())) {
            case WireCommand.NotPermitted(String detail) -> asking.noAnswer(Capture.Reason.NOT_PERMITTED, detail, "");
            case WireCommand.Send send ->
                asking.sent(send).capture(exchanges.run(question.probe(), send.text(), question.values()));
        };
    }

    @Override
    public void close() {
        leaving.close();
    }
}
