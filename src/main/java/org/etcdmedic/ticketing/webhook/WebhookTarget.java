package org.etcdmedic.ticketing.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Manner;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Standard Webhooks (github.com/standard-webhooks/standard-webhooks, spec 1.0): three headers, a signature over identifier, time
 * and body, and a thin body that says what happened and where to read more.
 */
record WebhookTarget(Limits limits) implements Target {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST_KEY = 24;
    private static final int LONGEST_KEY = 64;

    @Override
    public Manner manner() {
        return Manner.EVENT;
    }

    @Override
    public Optional<Request> write(Errand errand, Access access) throws Unwritable {
        if (errand.action() != Action.OPEN) {
            return Optional.empty();
        }
        String body = body(errand);
        String seconds = String.valueOf(errand.now().getEpochSecond());
        String signed = errand.id() + "." + seconds + "." + body;
        var signatures = new ArrayList<String>();
        for (String secret : access.secrets()) {
            signatures.add("v1," + signature(key(secret), signed));
        }
        String signature = String.join(" ", signatures);
        return Optional.of(new Request(
                Request.Method.POST,
                access.address(),
                Map.of(
                        "Content-Type",
                        "application/json",
                        "webhook-id",
                        errand.id(),
                        "webhook-timestamp",
                        seconds,
                        "webhook-signature",
                        signature),
                Optional.of(body),
                Set.of(signature)));
    }

    private static String body(Errand errand) {
        Letter letter = errand.letter();
        ObjectNode body = JSON.createObjectNode();
        body.put("type", letter.event().type());
        body.put("timestamp", letter.matter().endedAt().toString());
        ObjectNode data = body.putObject("data");
        if (letter.event() == Letter.Event.TEST) {
            data.put("message", letter.words().summary());
        } else {
            fields(letter).forEach(data::put);
        }
        return JSON.writeValueAsString(body);
    }

    private static Map<String, String> fields(Letter letter) {
        Letter.Matter matter = letter.matter();
        var fields = new LinkedHashMap<String, String>();
        fields.put("diagnosisId", matter.diagnosis().toString());
        fields.put("ticketId", letter.ticket().toString());
        fields.put("instanceId", matter.instance());
        matter.node().ifPresent(node -> fields.put("nodeId", node));
        fields.put("alarmedNodeId", matter.alarmedNode());
        fields.put("severity", matter.severity().name());
        if (letter.event() != Letter.Event.FAILED) {
            fields.put("outcome", matter.ending().name());
        }
        matter.family().ifPresent(family -> fields.put("family", family));
        matter.cause().ifPresent(cause -> fields.put("cause", cause));
        fields.put("owner", matter.owner().name());
        fields.put("alarmedAt", matter.alarmedAt().toString());
        letter.links().page().ifPresent(page -> fields.put("page", page));
        letter.links().report().ifPresent(report -> fields.put("report", report));
        return fields;
    }

    private static byte[] key(String secret) throws Unwritable {
        try {
            byte[] key =
                    Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
            if (key.length >= SHORTEST_KEY && key.length <= LONGEST_KEY) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Told below: what it is says too much of it.
        }
        throw new Unwritable("its secret is not whsec_ and 24 to 64 bytes in base64");
    }

    private static String signature(byte[] key, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java machine has HMAC-SHA256", missing);
        }
    }

    @Override
    public Receipt read(Errand errand, Access access, Answer answer) {
        return Receipt.ofStatus(answer);
    }
}
