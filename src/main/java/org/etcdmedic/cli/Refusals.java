package org.etcdmedic.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.etcdmedic.bundle.EntryName;

/** Tells what came instead of an answer, in sentences for whoever sits at the terminal. */
record Refusals(Words words, ServiceAddress address) {
    private static final Set<String> UNKNOWN = Set.of("unknown-instance", "unknown-node");

    /** How the command ends because of it. */
    CommandEnd end(Answer answer) {
        return new CommandEnd(status(answer), sentences(answer));
    }

    /** How it ends because of an answer that is well-formed and still not what the service says. */
    CommandEnd foreign() {
        return end(new Answer.Foreign(200));
    }

    private static int status(Answer answer) {
        return switch (answer) {
            case Answer.Refused refused when UNKNOWN.contains(refused.kind()) -> Exit.USAGE;
            case Answer.Refused refused -> refused.status() >= 500 ? Exit.UNREACHABLE : Exit.REFUSED;
            default -> Exit.UNREACHABLE;
        };
    }

    List<String> sentences(Answer answer) {
        return switch (answer) {
            case Answer.Good _ -> List.of();
            case Answer.Refused refused -> problem(refused);
            case Answer.Foreign(int status) ->
                List.of(words.text("cli.foreign", address.shown(), Integer.toString(status)));
            case Answer.Elsewhere(String other) ->
                List.of(words.text("cli.elsewhere", address.shown(), EntryName.shown(other)));
            case Answer.Lost(Answer.Lost.Why why, String detail) ->
                List.of(words.text("cli.lost." + why, address.shown(), detail));
        };
    }

    private List<String> problem(Answer.Refused refused) {
        var sentences = new ArrayList<String>();
        sentences.add(words.text("cli.verdict", EntryName.line(refused.title()), EntryName.line(refused.detail())));
        refused.errors().stream()
                .limit(20)
                .forEach(wrong -> sentences.add("  "
                        + words.text(
                                "cli.verdict",
                                EntryName.line(wrong.pointer().replaceFirst("^[#/]", "")),
                                EntryName.line(wrong.detail()))));
        if (refused.kind().equals("unauthenticated")) {
            sentences.add(words.text("cli.token-hint"));
        }
        return sentences;
    }
}
