package org.etcdmedic.cli;

import java.util.List;

/** Ends a command with sentences for its user and an exit status. */
final class CommandEnd extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> sentences;

    CommandEnd(int status, List<String> sentences) {
        super("the command ends with status " + status, null, false, false);
        this.status = status;
        this.sentences = List.copyOf(sentences);
    }

    /** Something about the command line is wrong. */
    static CommandEnd usage(String sentence) {
        return new CommandEnd(Exit.USAGE, List.of(sentence));
    }

    int status() {
        return status;
    }

    List<String> sentences() {
        return sentences;
    }
}
