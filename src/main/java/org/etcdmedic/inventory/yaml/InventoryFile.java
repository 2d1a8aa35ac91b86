package org.etcdmedic.inventory.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.platform.WrongSetting;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads instances from a YAML file at start ({@code medic.inventory.file}): {@code instances:} with the identifier as key
 * and the same shape as {@code PUT /instances/{id}}. What stands in the file wins over what was put before; other
 * instances stay.
 */
@Component
class InventoryFile implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(InventoryFile.class);

    private final Optional<Resource> file;
    private final Instances instances;
    private final Clock clock;

    InventoryFile(@Value("${medic.inventory.file:#{null}}") Optional<Resource> file, Instances instances, Clock clock) {
        this.file = file;
        this.instances = instances;
        this.clock = clock;
    }

    private record Content(@Nullable Map<String, @Nullable InstanceDocument> instances) {}

    @Override
    public void run(ApplicationArguments arguments) {
        if (file.isEmpty()) {
            return;
        }
        var yaml = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        List<Instance> read = read(yaml, file.get());
        read.forEach(instance -> instances.put(instance, clock.instant()));
        log.info("inventory file read: {} instances", read.size());
    }

    private static List<Instance> read(YAMLMapper yaml, Resource file) {
        try (InputStream in = file.getInputStream()) {
            Content content = yaml.readValue(in, new TypeReference<Content>() {});
            if (content == null || content.instances() == null) {
                throw new IllegalArgumentException("it has no instances:");
            }
            return content.instances().entrySet().stream()
                    .map(entry -> instance(entry.getKey(), entry.getValue()))
                    .toList();
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw new WrongSetting("medic.inventory.file: " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Instance instance(String id, @Nullable InstanceDocument document) {
        try {
            if (document == null) {
                throw new IllegalArgumentException("nothing is written below it");
            }
            return document.toInstance(new InstanceId(id));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("instance " + id + ": " + e.getMessage(), e);
        }
    }
}
