package org.etcdmedic.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

class WellGroupTest {
    /** What the group names besides is the framework's, and stands in the health that load balancers read too. */
    private static final Set<String> OF_THE_FRAMEWORK = Set.of("diskSpace");

    @Test
    void keepsFromLoadBalancersWhatOnlyTheGroupForPeopleTells() throws IOException {
        String settings = Files.readString(Path.of("src", "main", "resources", "application.yaml"));
        String include = new YAMLMapper()
                .readTree(settings)
                .at("/management/endpoint/health/group/well/include")
                .stringValue();
        var group = new TreeSet<>(Set.of(include.split(", ")));
        group.removeAll(OF_THE_FRAMEWORK);

        assertThat(WellGroup.OURS).containsExactlyInAnyOrderElementsOf(group);
    }
}
