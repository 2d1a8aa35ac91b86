package org.etcdmedic.page.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.etcdmedic.evidence.Contact;
import org.etcdmedic.verdict.ReachMatrix;
import org.etcdmedic.verdict.ReachMatrix.Path;

/**
 * Who reaches whom, as a grid: who looks stands at the left, who is looked at on top.
 *
 * @param to those who are looked at
 * @param rows one for each who looks
 */
public record ReachGrid(List<String> to, List<Looker> rows) {
    /** One who looks, and what was seen; {@code service} when it is this service. */
    public record Looker(String from, boolean service, List<Cell> cells) {}

    /**
     * What one sees of another.
     *
     * @param state {@code GOOD}, {@code BAD}, {@code PARTLY} or {@code UNKNOWN}: its colour and its sign
     * @param itself whether a node looks at itself
     * @param ways each way that was tried, as the texts name it, and how it ended
     */
    public record Cell(String state, boolean itself, List<Way> ways) {}

    /** A way, how it ended, and the prefix of the text for that. */
    public record Way(String name, String result, String state, String words) {}

    /** The grid; empty when nobody looked. */
    public static Optional<ReachGrid> of(ReachMatrix matrix) {
        List<String> to =
                matrix.paths().stream().map(Path::to).distinct().sorted().toList();
        var rows = new ArrayList<Looker>();
        Stream.concat(
                        to.stream().filter(from -> looks(matrix, from)),
                        Stream.of(ReachMatrix.SERVICE).filter(from -> looks(matrix, from)))
                .forEach(from -> rows.add(new Looker(
                        from,
                        from.equals(ReachMatrix.SERVICE),
                        to.stream().map(other -> cell(matrix, from, other)).toList())));
        boolean looked = rows.stream()
                .flatMap(row -> row.cells().stream())
                .anyMatch(cell -> !cell.ways().isEmpty());
        return looked ? Optional.of(new ReachGrid(to, rows)) : Optional.empty();
    }

    private static boolean looks(ReachMatrix matrix, String from) {
        return matrix.paths().stream().anyMatch(path -> path.from().equals(from));
    }

    private static Cell cell(ReachMatrix matrix, String from, String to) {
        List<Way> ways = matrix.paths().stream()
                .filter(path -> path.from().equals(from) && path.to().equals(to))
                .flatMap(ReachGrid::ways)
                .toList();
        boolean good = ways.stream().anyMatch(way -> way.state().equals("GOOD"));
        boolean bad = ways.stream().anyMatch(way -> way.state().equals("BAD"));
        String state = bad ? good ? "PARTLY" : "BAD" : good ? "GOOD" : "UNKNOWN";
        return new Cell(state, from.equals(to), ways);
    }

    private static Stream<Way> ways(Path path) {
        return Stream.of(
                        contact("ping", path.ping()),
                        contact("peer-port", path.peerPort()),
                        contact("client-port", path.clientPort()),
                        contact("ssh", path.ssh()),
                        Optional.ofNullable(path.etcd())
                                .map(word -> new Way(
                                        "etcd",
                                        word.name(),
                                        switch (word) {
                                            case HEALTHY -> "GOOD";
                                            case UNHEALTHY, SILENT, REFUSED -> "BAD";
                                            case NOT_TRUSTED, NOT_TOLD -> "UNKNOWN";
                                        },
                                        "report.etcd.")))
                .flatMap(Optional::stream);
    }

    /** A way that nobody tried says nothing, and is left out. */
    private static Optional<Way> contact(String name, Contact contact) {
        return switch (contact) {
            case NOT_TRIED -> Optional.empty();
            case OPEN -> Optional.of(new Way(name, contact.name(), "GOOD", "report.contact."));
            case REFUSED, TIMED_OUT, NO_ROUTE, UNREACHABLE ->
                Optional.of(new Way(name, contact.name(), "BAD", "report.contact."));
        };
    }
}
