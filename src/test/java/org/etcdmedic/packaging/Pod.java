package org.etcdmedic.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A pod's files and environment below a directory of this machine, laid out from what its volumes name. A Secret or a key that is
 * not there is an error here, as it keeps a pod from starting.
 *
 * @param spec what the chart made
 * @param store content of Secrets, ConfigMaps and claims, by name and key or path
 * @param root what stands for {@code /}
 */
record Pod(JsonNode spec, Map<String, Map<String, String>> store, Path root) {
    private static final String HOME = "/etc/medic";

    /** Copies nothing: a record of its callers. */
    Pod {
        store = Map.copyOf(store);
    }

    /** Lays its files out. */
    Pod prepared() throws IOException {
        for (JsonNode mount : spec.at("/containers/0/volumeMounts")) {
            Path directory = Files.createDirectories(
                    root.resolve(mount.path("mountPath").asString().substring(1)));
            JsonNode volume = volume(mount.path("name").asString());
            write(volume.path("configMap"), "name", directory);
            write(volume.path("secret"), "secretName", directory);
            write(volume.path("persistentVolumeClaim"), "claimName", directory);
            for (JsonNode source : volume.at("/projected/sources")) {
                write(source.path("secret"), "name", directory);
            }
        }
        return this;
    }

    private JsonNode volume(String name) {
        return StreamSupport.stream(spec.path("volumes").spliterator(), false)
                .filter(volume -> volume.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no volume " + name));
    }

    private void write(JsonNode source, String nameField, Path directory) throws IOException {
        if (!source.isObject()) {
            return;
        }
        String name = source.path(nameField).asString();
        Map<String, String> content = store.get(name);
        if (content == null) {
            throw new AssertionError("nothing is named " + name);
        }
        var files = new TreeMap<String, String>();
        source.path("items")
                .forEach(item ->
                        files.put(item.path("path").asString(), item.path("key").asString()));
        if (files.isEmpty()) {
            content.keySet().forEach(key -> files.put(key, key));
        }
        for (var file : files.entrySet()) {
            String text = content.get(file.getValue());
            if (text == null) {
                throw new AssertionError(name + " has no key " + file.getValue());
            }
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, here(text));
        }
    }

    /** The environment of its container. */
    Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        spec.at("/containers/0/env")
                .forEach(variable -> environment.put(
                        variable.path("name").asString(),
                        here(variable.path("value").asString())));
        return environment;
    }

    /** The arguments of its container. */
    List<String> arguments() {
        return StreamSupport.stream(spec.at("/containers/0/args").spliterator(), false)
                .map(argument -> here(argument.asString()))
                .toList();
    }

    /** The same words about files of this machine. */
    String here(String text) {
        return text.replace(HOME, root + HOME);
    }
}
