package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A line of pressure stall information (Linux Documentation/accounting/psi.rst): the share of time in which work stood
 * still for want of a resource, over the last 10, 60 and 300 seconds before the look.
 *
 * @param resource what was short
 * @param whole whether nothing could go on ({@code full}), else whether something had to wait ({@code some})
 * @param last10 hundredths of a percent over the last ten seconds
 * @param last60 hundredths of a percent over the last minute
 * @param last300 hundredths of a percent over the last five minutes
 */
public record Pressure(Resource resource, boolean whole, int last10, int last60, int last300) {
    /** What can be short. */
    public enum Resource {
        /** Processor time. */
        CPU,
        /** Memory. */
        MEMORY,
        /** Disks. */
        IO
    }

    /** Reads {@code some avg10=45.10 avg60=20.00 avg300=5.00 total=123456} of a resource. */
    static Optional<Pressure> read(String resource, String text) {
        Optional<Resource> which = switch (resource) {
            case "cpu" -> Optional.of(Resource.CPU);
            case "memory" -> Optional.of(Resource.MEMORY);
            case "io" -> Optional.of(Resource.IO);
            default -> Optional.empty();
        };
        List<String> words = Words.of(text, 6);
        boolean kind = !words.isEmpty()
                && (words.getFirst().equals("some") || words.getFirst().equals("full"));
        if (which.isEmpty() || !kind || words.size() < 4) {
            return Optional.empty();
        }
        OptionalInt last10 = hundredths(words.get(1), "avg10=");
        OptionalInt last60 = hundredths(words.get(2), "avg60=");
        OptionalInt last300 = hundredths(words.get(3), "avg300=");
        return last10.isEmpty() || last60.isEmpty() || last300.isEmpty()
                ? Optional.empty()
                : Optional.of(new Pressure(
                        which.get(),
                        words.getFirst().equals("full"),
                        last10.getAsInt(),
                        last60.getAsInt(),
                        last300.getAsInt()));
    }

    /** {@code avg10=45.10}: never above 100.00. */
    private static OptionalInt hundredths(String word, String label) {
        int dot = word.indexOf('.');
        if (!word.startsWith(label) || dot < label.length() || word.length() - dot != 3) {
            return OptionalInt.empty();
        }
        OptionalInt whole = Words.smallNumber(word.substring(label.length(), dot));
        OptionalInt rest = Words.smallNumber(word.substring(dot + 1));
        return whole.isEmpty() || rest.isEmpty() || whole.getAsInt() > 100
                ? OptionalInt.empty()
                : OptionalInt.of(Math.min(10_000, whole.getAsInt() * 100 + rest.getAsInt()));
    }
}
