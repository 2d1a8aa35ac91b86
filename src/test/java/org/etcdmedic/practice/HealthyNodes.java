package org.etcdmedic.practice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.inventory.Node;
import org.etcdmedic.probe.yaml.YamlProbes;
import tools.jackson.databind.json.JsonMapper;

/** The practice nodes for tests of other rooms: real SSH servers that answer all probes out of a recording. */
public final class HealthyNodes implements AutoCloseable {
    private final LockedDirectory directory;
    private final PracticeNodes nodes;

    private HealthyNodes(LockedDirectory directory, PracticeNodes nodes) {
        this.directory = directory;
        this.nodes = nodes;
    }

    /** Starts them, with their keys in this directory. */
    public static HealthyNodes start(Path folder) throws IOException {
        return saying(folder, text -> text);
    }

    /** Starts them; in place of each recorded text they say what is made of it. */
    public static HealthyNodes saying(Path folder, UnaryOperator<String> saying) throws IOException {
        LockedDirectory directory = LockedDirectory.take(Files.createDirectories(folder));
        Recording shipped = Recording.shipped();
        var recording = new Recording(
                shipped.scenario(),
                shipped.captures().stream()
                        .map(answer -> new Recording.Answer(
                                answer.nodeId(),
                                answer.probe(),
                                answer.args(),
                                answer.startedAt(),
                                answer.exitStatus(),
                                saying.apply(answer.text()),
                                answer.errorText() == null ? null : saying.apply(answer.errorText())))
                        .toList());
        return new HealthyNodes(
                directory, PracticeNodes.start(directory, recording, YamlProbes::shipped, InstantSource.system()));
    }

    /** Their ports, in the order of the recording. */
    public List<Integer> ports() {
        Instance instance = nodes.instance();
        return instance.nodes().stream().map(Node::sshPort).toList();
    }

    /** What a property of the service has to be, so that it gets in. */
    public String property(String name) {
        return String.valueOf(nodes.properties().get(name));
    }

    /** All of them, as {@code name=value}. */
    public List<String> settings() {
        return nodes.properties().entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .toList();
    }

    /** The instance as it is put into the inventory. */
    public String document() {
        return JsonMapper.builder()
                .changeDefaultPropertyInclusion(incl -> incl.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build()
                .writeValueAsString(InstanceDocument.of(nodes.instance()));
    }

    @Override
    public void close() {
        nodes.close();
        directory.close();
    }
}
