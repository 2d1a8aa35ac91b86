package org.etcdmedic.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who asks for which text: keys that stand in the source as they are, keys that are put together there, keys of templates.
 *
 * @param sources Java sources by path
 * @param templates pages by path
 * @param built of each beginning of a key that is put together, what follows
 */
record WordUse(Map<String, String> sources, Map<String, String> templates, Map<String, List<String>> built) {
    private static final Pattern TEMPLATE = Pattern.compile("#\\{\\s*([A-Za-z0-9_.-]+)");

    /** In a template too a key may be put together: {@code #{|page.state.${one}|}}. */
    private static final Pattern BUILT_IN_TEMPLATE = Pattern.compile("#\\{\\|([A-Za-z0-9_.-]+\\.)\\$\\{");

    /** What looks like a key and is the name of a file. */
    private static final Set<String> FILES = Set.of("bundle.yaml", "report.html", "report.md", "timeline.json");

    /** Of the project. */
    static WordUse shipped(Map<String, List<String>> built) {
        return new WordUse(
                files(Path.of("src/main/java"), ".java"),
                files(Path.of("src/main/resources/templates"), ".html"),
                built);
    }

    private static Map<String, String> files(Path root, String ending) {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(file -> file.toString().endsWith(ending))
                    .collect(Collectors.toMap(Path::toString, WordBook::content, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All keys that are asked for, as far as they are of these families. */
    Set<String> keys(Set<String> families) {
        var keys = new TreeSet<String>();
        literals(families).stream().filter(literal -> !literal.endsWith(".")).forEach(keys::add);
        built.forEach((beginning, ends) -> ends.forEach(end -> keys.add(beginning + end)));
        templates.values().forEach(page -> TEMPLATE.matcher(page).results().forEach(found -> keys.add(found.group(1))));
        return keys;
    }

    /** Beginnings of keys that nobody knows the ends of, and known ones that nobody begins. */
    List<String> faults(Set<String> families) {
        var faults = new ArrayList<String>();
        Set<String> beginnings = literals(families).stream()
                .filter(literal -> literal.endsWith("."))
                .collect(Collectors.toCollection(TreeSet::new));
        templates
                .values()
                .forEach(page ->
                        BUILT_IN_TEMPLATE.matcher(page).results().forEach(found -> beginnings.add(found.group(1))));
        beginnings.stream()
                .filter(beginning -> !built.containsKey(beginning))
                .forEach(beginning -> faults.add("what follows " + beginning + " is told nowhere"));
        built.keySet().stream()
                .filter(beginning -> !beginnings.contains(beginning))
                .forEach(beginning -> faults.add("nothing begins with " + beginning));
        return faults;
    }

    private Set<String> literals(Set<String> families) {
        Pattern literal = Pattern.compile("\"((?:" + String.join("|", families) + ")\\.[A-Za-z0-9_.-]*)\"");
        return sources.values().stream()
                .flatMap(source -> literal.matcher(source).results())
                .map(found -> found.group(1))
                .filter(key -> !FILES.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
