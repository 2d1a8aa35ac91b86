package org.etcdmedic.ticketing.standin;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Stand-ins for trackers; each holds at most one ticket. */
public final class Trackers {
    private Trackers() {}

    /** A tracker with its secret. */
    public abstract static class Tracker extends StandIn {
        protected final String secret;
        protected final List<String> notes = new ArrayList<>();
        protected String marker = "";
        protected boolean over;

        Tracker(String secret) throws IOException {
            this.secret = secret;
        }

        public List<String> notes() {
            return notes;
        }

        public boolean isOver() {
            return over;
        }

        static boolean is(Call call, String method, String path) {
            return call.method().equals(method) && call.path().equals(path);
        }
    }

    /** Jira Data Center: developer.atlassian.com, REST API v2. */
    public static final class Jira extends Tracker {
        public Jira(String secret) throws IOException {
            super(secret);
        }

        @Override
        protected Reply answer(Call call) {
            if (!call.header("Authorization").equals("Bearer " + secret)) {
                return new Reply(401, "<html>Unauthorized</html>");
            }
            if (is(call, "POST", "/rest/api/2/issue")) {
                text(call.json(), "/fields/project/key", 10);
                text(call.json(), "/fields/issuetype/name", 60);
                demand(!text(call.json(), "/fields/summary", 255).contains("\n"), "a summary has one line");
                text(call.json(), "/fields/description", 32_767);
                call.json().at("/fields/labels").forEach(label -> {
                    demand(!label.asString().contains(" "), "a label has no blank");
                    marker = label.asString();
                });
                return new Reply(
                        201, "{\"id\":\"1\",\"key\":\"DBA-1\",\"self\":\"" + address() + "/rest/api/2/issue/1\"}");
            }
            if (is(call, "POST", "/rest/api/2/issue/DBA-1/comment")) {
                notes.add(text(call.json(), "/body", 32_767));
                return new Reply(201, "{\"id\":\"10\"}");
            }
            if (is(call, "POST", "/rest/api/2/issue/DBA-1/transitions")) {
                text(call.json(), "/transition/id", 9);
                notes.add(text(call.json(), "/update/comment/0/add/body", 32_767));
                over = true;
                return new Reply(204, "");
            }
            if (is(call, "GET", "/rest/api/2/search")) {
                boolean hit = !marker.isEmpty() && call.query().get("jql").equals("labels = \"" + marker + "\"");
                return new Reply(200, hit ? "{\"issues\":[{\"key\":\"DBA-1\"}]}" : "{\"issues\":[]}");
            }
            return new Reply(404, "{}");
        }
    }

    /** ServiceNow: docs.servicenow.com, Table API. */
    public static final class ServiceNow extends Tracker {
        private static final String ID = "a9e30c7dc61122760116894de7bcc7bd";
        private static final Set<String> LEVELS = Set.of("1", "2", "3");

        public ServiceNow(String secret) throws IOException {
            super(secret);
        }

        @Override
        protected Reply answer(Call call) {
            String basic = Base64.getEncoder().encodeToString(("medic:" + secret).getBytes(StandardCharsets.UTF_8));
            if (!call.header("Authorization").equals("Basic " + basic)) {
                return new Reply(401, "{\"error\":{\"message\":\"User Not Authenticated\"}}");
            }
            demand(call.header("Accept").contains("application/json"), "it asks for JSON");
            if (is(call, "POST", "/api/now/table/incident")) {
                text(call.json(), "/short_description", 160);
                text(call.json(), "/description", 4000);
                demand(LEVELS.contains(text(call.json(), "/urgency", 1)), "urgency is 1 to 3");
                demand(LEVELS.contains(text(call.json(), "/impact", 1)), "impact is 1 to 3");
                marker = text(call.json(), "/correlation_id", 100);
                call.exchange().getResponseHeaders().set("Location", address() + "/api/now/table/incident/" + ID);
                return new Reply(201, "{\"result\":{\"sys_id\":\"" + ID + "\",\"number\":\"INC0010002\"}}");
            }
            if (is(call, "PATCH", "/api/now/table/incident/" + ID)) {
                notes.add(text(call.json(), "/work_notes", 4000));
                if (call.json().at("/state").asString("").equals("6")) {
                    text(call.json(), "/close_code", 40);
                    text(call.json(), "/close_notes", 4000);
                    over = true;
                }
                return new Reply(200, "{\"result\":{\"sys_id\":\"" + ID + "\"}}");
            }
            if (is(call, "GET", "/api/now/table/incident")) {
                boolean hit =
                        !marker.isEmpty() && call.query().get("sysparm_query").equals("correlation_id=" + marker);
                return new Reply(200, hit ? "{\"result\":[{\"sys_id\":\"" + ID + "\"}]}" : "{\"result\":[]}");
            }
            return new Reply(404, "{}");
        }
    }

    /** PagerDuty: developer.pagerduty.com, Events API v2. */
    public static final class PagerDuty extends Tracker {
        private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");

        public PagerDuty(String secret) throws IOException {
            super(secret);
        }

        @Override
        protected Reply answer(Call call) {
            if (!is(call, "POST", "/v2/enqueue")) {
                return new Reply(404, "");
            }
            if (!call.json().at("/routing_key").asString("").equals(secret) || secret.length() != 32) {
                return new Reply(400, "{\"status\":\"invalid event\",\"errors\":[\"Invalid routing key\"]}");
            }
            String key = text(call.json(), "/dedup_key", 255);
            switch (text(call.json(), "/event_action", 20)) {
                case "trigger" -> {
                    notes.add(text(call.json(), "/payload/summary", 1024));
                    text(call.json(), "/payload/source", 1000);
                    demand(SEVERITIES.contains(text(call.json(), "/payload/severity", 10)), "one of four severities");
                    demand(call.json().at("/links/0/href").asString("").startsWith("https://"), "a link has a href");
                    demand(marker.isEmpty() || marker.equals(key), "the same case has the same key");
                    marker = key;
                }
                case "resolve" -> {
                    demand(marker.equals(key), "what is resolved was triggered");
                    over = true;
                }
                default -> demand(false, "event_action is trigger or resolve");
            }
            return new Reply(
                    202, "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"" + key + "\"}");
        }
    }

    /** GitHub: bodies are checked by the schemas of GitHub's own OpenAPI document. */
    public static final class GitHub extends Tracker {
        private static final String ISSUES = "/repos/acme/etcd-ops/issues";

        private JsonNode issue = JSON.createObjectNode();

        public GitHub(String secret) throws IOException {
            super(secret);
        }

        @Override
        protected Reply answer(Call call) {
            if (!call.header("Authorization").equals("Bearer " + secret)) {
                return new Reply(401, "{\"message\":\"Bad credentials\"}");
            }
            demand(call.header("Accept").equals("application/vnd.github+json"), "Accept as recommended");
            demand(call.header("X-GitHub-Api-Version").equals("2022-11-28"), "the version of the API");
            if (is(call, "POST", ISSUES)) {
                fits("create", call.json());
                String body = text(call.json(), "/body", 65_536);
                marker = body.substring(body.lastIndexOf("medic-"), body.lastIndexOf('`'));
                issue = JSON.createObjectNode()
                        .put("number", 7)
                        .put("html_url", "https://github.example/acme/etcd-ops/issues/7")
                        .put("title", call.json().path("title").asString())
                        .put("body", body);
                return new Reply(201, issue.toString());
            }
            if (is(call, "POST", ISSUES + "/7/comments")) {
                fits("comment", call.json());
                notes.add(text(call.json(), "/body", 65_536));
                return new Reply(201, "{\"id\":1}");
            }
            if (is(call, "PATCH", ISSUES + "/7")) {
                fits("update", call.json());
                over = call.json().at("/state").asString("").equals("closed");
                return new Reply(200, "{\"number\":7}");
            }
            if (is(call, "GET", "/search/issues")) {
                boolean hit = !marker.isEmpty()
                        && call.query().get("q").equals("\"" + marker + "\" in:body is:issue repo:acme/etcd-ops");
                return new Reply(200, hit ? "{\"items\":[" + issue + "]}" : "{\"items\":[]}");
            }
            return new Reply(404, "{}");
        }

        private void fits(String name, JsonNode body) {
            try (InputStream in = Trackers.class.getResourceAsStream("/targets/github-issues.schemas.json")) {
                String schema = JSON.readTree(in).at("/schemas/" + name).toString();
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(body)
                        .forEach(wrong -> demand(false, String.valueOf(wrong)));
                demand(!body.isEmpty(), "there is a body");
                body.propertyNames()
                        .forEach(field -> demand(schema.contains("\"" + field + "\""), field + " is known"));
            } catch (IOException unreadable) {
                throw new java.io.UncheckedIOException(unreadable);
            }
        }
    }

    /** GitLab: docs.gitlab.com, issues API, notes API, quick actions. */
    public static final class GitLab extends Tracker {
        private static final String ISSUES = "/api/v4/projects/acme%2Fetcd-ops/issues";

        private JsonNode issue = JSON.createObjectNode();

        public GitLab(String secret) throws IOException {
            super(secret);
        }

        @Override
        protected Reply answer(Call call) {
            if (!call.header("PRIVATE-TOKEN").equals(secret)) {
                return new Reply(401, "{\"message\":\"401 Unauthorized\"}");
            }
            if (is(call, "POST", ISSUES)) {
                text(call.json(), "/title", 255);
                actions(text(call.json(), "/description", 1_048_576));
                String[] labels = text(call.json(), "/labels", 1000).split(",");
                marker = labels[labels.length - 1];
                issue = JSON.createObjectNode()
                        .put("iid", 14)
                        .put("web_url", "https://gitlab.example/acme/etcd-ops/-/issues/14")
                        .put("title", call.json().path("title").asString())
                        .put("description", call.json().path("description").asString());
                return new Reply(201, issue.toString());
            }
            if (is(call, "POST", ISSUES + "/14/notes")) {
                String note = text(call.json(), "/body", 1_000_000);
                notes.add(note);
                actions(note);
                return new Reply(201, "{\"id\":302}");
            }
            if (is(call, "GET", ISSUES)) {
                boolean hit = !marker.isEmpty() && call.query().get("labels").equals(marker);
                return new Reply(200, hit ? "[" + issue + "]" : "[]");
            }
            return new Reply(404, "{}");
        }

        /** A line that begins with a slash and a word is carried out. */
        private void actions(String text) {
            text.lines().filter(line -> line.matches("/[a-z_]+.*")).forEach(line -> {
                demand(line.equals("/close"), "no quick action but our own: " + line);
                over = true;
            });
        }
    }
}
