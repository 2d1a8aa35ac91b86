package org.etcdmedic.practice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeCatalogue;

/** One exec request to a practice node. Nothing is run: it is looked up, and what is not recorded is not found. */
final class ReplayedCommand extends AbstractCommandSupport {
    /** What may stand before a probe's own command: how the service becomes another account. */
    private static final Pattern BECOMING = Pattern.compile(
            "(exec )?(env LC_ALL=C )?(sudo -n( -u [A-Za-z0-9_-]+)? -- |runuser -u [A-Za-z0-9_-]+ -- )?");

    private static final int NOT_FOUND = 127;

    private final ReplayServer node;

    ReplayedCommand(String command, ReplayServer node) {
        super(command, null);
        this.node = node;
    }

    @Override
    public void run() {
        try {
            Optional<Probe> probe = probe(getCommand(), node.catalogue());
            if (probe.isEmpty()) {
                notFound("a practice node runs nothing but the probes of the catalogue");
                return;
            }
            Map<String, String> arguments = arguments(probe.get());
            Optional<Recording.Answer> answer = node.recording()
                    .answer(node.nodeId(), probe.get().id().value(), arguments, node.shift(getServerSession()));
            if (answer.isEmpty()) {
                notFound("not in the recording: " + probe.get().id() + " " + arguments);
                return;
            }
            end(answer.get());
        } catch (IOException e) {
            onExit(1); // the client has gone; nobody hears it
        }
    }

    /** The probe that the command sent runs, when it is one. */
    static Optional<Probe> probe(String command, ProbeCatalogue catalogue) {
        return catalogue.all().stream()
                .filter(probe -> isFor(probe.command(), command) || isFor(probe.sudoCommand(), command))
                .findFirst();
    }

    private static boolean isFor(String ours, String command) {
        return command.endsWith(ours)
                && BECOMING.matcher(command.substring(0, command.length() - ours.length()))
                        .matches();
    }

    private Map<String, String> arguments(Probe probe) throws IOException {
        var in = new BufferedReader(new InputStreamReader(getInputStream(), UTF_8));
        var arguments = new LinkedHashMap<String, String>();
        for (String name : probe.arguments()) {
            arguments.put(name, Objects.requireNonNullElse(in.readLine(), ""));
        }
        return arguments;
    }

    private void end(Recording.Answer answer) throws IOException {
        getOutputStream().write(answer.text().getBytes(UTF_8));
        getOutputStream().flush();
        getErrorStream()
                .write(Objects.requireNonNullElse(answer.errorText(), "").getBytes(UTF_8));
        getErrorStream().flush();
        onExit(Objects.requireNonNullElse(answer.exitStatus(), 0));
    }

    private void notFound(String why) throws IOException {
        getErrorStream().write((why + "\n").getBytes(UTF_8));
        getErrorStream().flush();
        onExit(NOT_FOUND);
    }
}
