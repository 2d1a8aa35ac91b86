package org.etcdmedic.knowledge;

import java.util.List;

/** The knowledge files contradict themselves or each other; the service does not start with them. */
public final class InvalidKnowledge extends IllegalStateException {
    private final transient List<String> problems;

    /** Names every problem, each with its file and, where one can be told, its line and key. */
    public InvalidKnowledge(List<String> problems) {
        super(problems.size() + " problems in the knowledge files:\n" + String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence per problem, by file. */
    public List<String> problems() {
        return problems;
    }
}
