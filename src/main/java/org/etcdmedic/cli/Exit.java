package org.etcdmedic.cli;

/** Exit statuses of all commands; they are what scripts rely on, and stay as they are. */
final class Exit {
    /** Done; where something was judged: no fault found. */
    static final int NO_FAULT = 0;

    /** The program itself failed. */
    static final int BROKEN = 1;

    /** The command line is not well-formed, or names what does not exist. */
    static final int USAGE = 2;

    /** Nothing that was given can be read or judged. */
    static final int UNREADABLE = 3;

    /** The service refused. */
    static final int REFUSED = 4;

    /** The service cannot be reached, cannot work now, or is none of ours. */
    static final int UNREACHABLE = 5;

    /** The diagnosis is not over. */
    static final int NOT_OVER = 6;

    static final int CONFIRMED = 10;
    static final int LIKELY = 11;
    static final int UNDETERMINED = 12;

    /** The diagnosis failed: our failure, never the database's. */
    static final int FAILED = 13;

    /** The diagnosis was called off. */
    static final int CANCELLED = 14;

    private Exit() {}

    /** What the command ends with that shows it. A word that only a newer service knows decides nothing. */
    static int of(Diagnosed diagnosed) {
        if (diagnosed.verdict() != null) {
            return switch (diagnosed.verdict().outcome()) {
                case "CONFIRMED" -> CONFIRMED;
                case "LIKELY" -> LIKELY;
                case "NO_FAULT_FOUND" -> NO_FAULT;
                default -> UNDETERMINED;
            };
        }
        return switch (diagnosed.status()) {
            case "COMPLETED" -> UNDETERMINED;
            case "FAILED" -> FAILED;
            case "CANCELLED" -> CANCELLED;
            default -> NOT_OVER;
        };
    }
}
