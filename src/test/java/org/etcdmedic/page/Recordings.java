package org.etcdmedic.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.etcdmedic.bundle.Bundles;
import org.etcdmedic.testing.Api;

/** What the lab's nodes answered under a real fault, handed in as somebody would hand it in. */
final class Recordings {
    private static final Path CAPTURES = Path.of("src", "test", "resources", "captures");

    private Recordings() {}

    /** A recording as an archive. */
    static byte[] zip(String name) {
        try {
            Map<String, byte[]> files = new LinkedHashMap<>();
            files.put("bundle.yaml", Files.readAllBytes(CAPTURES.resolve(name).resolve("scenario.yaml")));
            files.put("captures.json", Files.readAllBytes(CAPTURES.resolve(name).resolve("captures.json")));
            return Bundles.zip(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands a recording in and waits for its verdict. */
    static String judged(Api api, String name) {
        return judged(api, name + ".zip", zip(name));
    }

    /** Hands a file in and waits for its verdict. */
    static String judged(Api api, String name, byte[] file) {
        var form = new ByteArrayOutputStream();
        form.writeBytes(("--b\r\nContent-Disposition: form-data; name=\"bundle\"; filename=\"" + name + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(file);
        form.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        Api.Answer answer = api.form("/diagnoses", form.toByteArray(), "b");
        String id = answer.json().path("diagnosisId").stringValue();
        api.await(id, d -> d.path("status").stringValue("").equals("COMPLETED"), Duration.ofSeconds(60));
        return id;
    }
}
