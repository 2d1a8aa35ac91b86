package org.etcdmedic.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stand-in for Huawei Cloud SMN, made after its public description: it signs messages as that says, with a key of its own
 * whose certificate lies in a file. It is not SMN.
 */
public final class SmnStandIn {
    /** The topic that it sends for. */
    public static final String TOPIC = "urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:alarms";

    private static final List<String> NOTIFICATION =
            List.of("message", "message_id", "subject", "timestamp", "topic_urn", "type");
    private static final List<String> SUBSCRIPTION =
            List.of("message", "message_id", "subscribe_url", "timestamp", "topic_urn", "type");
    private static final JsonMapper JSON = new JsonMapper();

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Path pem;

    /** With a fresh key, in this folder. */
    public SmnStandIn(Path folder) {
        Path store = folder.resolve("smn.p12");
        try {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "smn",
                            "-keyalg",
                            "RSA",
                            "-keysize",
                            "2048",
                            "-sigalg",
                            "SHA256withRSA",
                            "-dname",
                            "CN=smn.stand-in.example",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            "changeit")
                    .inheritIO()
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("no key pair");
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, "changeit".toCharArray());
            }
            key = (PrivateKey) keys.getKey("smn", "changeit".toCharArray());
            certificate = (X509Certificate) keys.getCertificate("smn");
            pem = Files.writeString(
                    folder.resolve("smn.pem"),
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Its certificate. */
    public Path certificate() {
        return pem;
    }

    /** A message of SMN, signed. */
    public String signed(String type, String id, String message, Map<String, String> more) {
        var fields = new TreeMap<String, String>(Map.of(
                "type",
                type,
                "message_id",
                id,
                "message",
                message,
                "topic_urn",
                TOPIC,
                "timestamp",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "signing_cert_url",
                "https://smn.cn-north-4.myhuaweicloud.com/smn/SMN_cn-north-4.pem"));
        fields.putAll(more);
        String text = (type.equals("Notification") ? NOTIFICATION : SUBSCRIPTION)
                .stream()
                        .filter(name -> !fields.getOrDefault(name, "").isEmpty())
                        .map(name -> name + "\n" + fields.get(name) + "\n")
                        .collect(Collectors.joining());
        ObjectNode body = JSON.createObjectNode();
        fields.forEach(body::put);
        body.put("signature_version", "v1");
        body.put("signature", sign(text));
        return body.toString();
    }

    private String sign(String text) {
        try {
            Signature signature = Signature.getInstance(certificate.getSigAlgName());
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
