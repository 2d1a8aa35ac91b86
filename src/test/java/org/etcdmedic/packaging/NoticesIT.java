package org.etcdmedic.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code THIRD-PARTY.md} names what the jars bring along, as the bill of materials of this build has it. Written anew by
 * {@code -Dmedic.notices.record=true}; the difference is there to be read.
 */
class NoticesIT {
    private static final Path BILL = Path.of("target/classes/META-INF/sbom/application.cdx.json");
    private static final Path NOTICES = Path.of("THIRD-PARTY.md");

    /** Licences under which a library may be given on with ours; of several, one suffices. */
    private static final Set<String> WELCOME = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "The (New) BSD License",
            "CC0-1.0",
            "EPL-2.0",
            "Go License", // BSD-3-Clause by another name
            "MIT",
            "PostgreSQL");

    @Test
    void everyLibraryIsNamedWithALicenceThatWeMayGiveOn() throws IOException {
        if (Files.notExists(BILL)) {
            System.out.println("NOTICES SKIPPED: Maven makes no bill of materials while it is offline (-o)");
        }
        assumeTrue(Files.exists(BILL));
        var lines = new TreeMap<String, String>();
        for (JsonNode component :
                new JsonMapper().readTree(Files.readString(BILL)).path("components")) {
            String name = component.path("group").asString() + ":"
                    + component.path("name").asString();
            List<String> licences = licences(component);
            assertThat(licences).as(name).anyMatch(WELCOME::contains);
            lines.put(
                    name,
                    "| %s | %s | %s |"
                            .formatted(name, component.path("version").asString(), String.join(" or ", licences)));
        }
        String written = """
                # Third-party software

                etcd-medic itself is under the [Apache License 2.0](LICENSE). Its jars bring these libraries along; each holds its own licence and notices under `META-INF`. Made of the
                bill of materials (CycloneDX, `META-INF/sbom/application.cdx.json` in the jar, `/actuator/sbom/application` of a service that runs).

                | library | version | licence |
                |---|---|---|
                %s
                """.formatted(String.join("\n", lines.values()));
        if (Boolean.getBoolean("medic.notices.record")) {
            Files.writeString(NOTICES, written);
        }
        assertThat(Files.readString(NOTICES)).isEqualTo(written);
    }

    private static List<String> licences(JsonNode component) {
        var licences = new TreeSet<String>();
        for (JsonNode stated : component.path("licenses")) {
            for (JsonNode word :
                    List.of(stated.at("/license/id"), stated.at("/license/name"), stated.path("expression"))) {
                if (word.isString()) {
                    licences.add(word.asString());
                }
            }
        }
        return new ArrayList<>(licences);
    }
}
