package org.etcdmedic.probe.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeCatalogue;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Reads the catalogue from one YAML file per probe; a file that is not exactly right stops the start. */
public final class YamlProbes {
    private static final String SHIPPED = "classpath*:probes/*.yaml";

    private YamlProbes() {}

    /**
     * The catalogue on the class path.
     *
     * @throws IllegalStateException naming each wrong file with its key, all at once
     */
    public static ProbeCatalogue shipped() {
        var texts = new LinkedHashMap<String, byte[]>();
        var problems = new ArrayList<String>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(SHIPPED)) {
                String name = String.valueOf(file.getFilename());
                try (InputStream in = file.getInputStream()) {
                    if (texts.put(name, in.readAllBytes()) != null) {
                        problems.add("probes/" + name + ": id: stands on the class path twice");
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the probe catalogue cannot be read", unreadable);
        }
        return read(texts, problems);
    }

    /** The catalogue of these files, by file name. */
    static ProbeCatalogue read(Map<String, byte[]> files) {
        return read(files, new ArrayList<>());
    }

    private static ProbeCatalogue read(Map<String, byte[]> files, List<String> problems) {
        var probes = new ArrayList<Probe>();
        files.forEach((name, text) -> {
            var file = new ProbeFile("probes/" + name, name.replaceFirst("\\.yaml$", ""), text);
            file.probe().ifPresent(probes::add);
            problems.addAll(file.problems());
        });
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the probe catalogue is not usable: " + String.join("; ", problems));
        }
        if (probes.isEmpty()) {
            throw new IllegalStateException("the probe catalogue is empty: no " + SHIPPED);
        }
        return new ProbeCatalogue(probes);
    }
}
