package org.etcdmedic.knowledge;

import java.util.List;
import java.util.stream.Collectors;

/** The knowledge files contradict themselves or each other; they are not used, and the service does not start with them. */
public final class InvalidKnowledge extends IllegalStateException {
    private final transient List<Mistake> mistakes;

    /** Names every mistake. */
    public InvalidKnowledge(List<Mistake> mistakes) {
        super(mistakes.size() + " problems in the knowledge files:\n"
                + mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    /**
     * One thing that is wrong.
     *
     * @param file path of the file, such as {@code causes/ETCD_DISK_FULL.yaml}
     * @param line where it stands, counted from 1
     * @param column the same
     * @param what what is wrong with it, and with which key
     */
    public record Mistake(String file, int line, int column, String what) {
        @Override
        public String toString() {
            return file + ":" + line + ":" + column + ": " + what;
        }
    }

    /** What is wrong, by file. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    /** The same as sentences. */
    public List<String> problems() {
        return mistakes.stream().map(Mistake::toString).toList();
    }
}
