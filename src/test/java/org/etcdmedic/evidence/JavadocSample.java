package org.etcdmedic.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sample outputs above a parser, taken from its source, so that what is documented is what is tested. */
final class JavadocSample {
    private static final Pattern PRE = Pattern.compile("<pre>\n(.*?)\n \\* </pre>", Pattern.DOTALL);

    private JavadocSample() {}

    /** The only sample of the class. */
    static String of(Class<?> parser) {
        return all(parser).getFirst();
    }

    /** All samples of the class, in their order. */
    static List<String> all(Class<?> parser) {
        Path file = Path.of("src/main/java", parser.getName().replace('.', '/') + ".java");
        String source;
        try {
            source = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var samples = new ArrayList<String>();
        var pre = PRE.matcher(source.substring(0, source.indexOf("\nfinal class")));
        while (pre.find()) {
            samples.add(pre.group(1)
                            .lines()
                            .map(line -> line.substring(Math.min(3, line.length())))
                            .map(line -> line.replace("&#47;", "/"))
                            .collect(Collectors.joining("\n"))
                    + "\n");
        }
        return samples;
    }
}
