package org.etcdmedic.ticketing.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Answer;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Found;
import org.etcdmedic.ticketing.target.Receipt;
import org.etcdmedic.ticketing.target.Reference;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.SampleLetter;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.TargetKind;
import org.etcdmedic.ticketing.target.TargetKind.Misconfigured;
import org.etcdmedic.ticketing.target.TargetKind.Wishes;
import org.junit.jupiter.api.Test;

class PresetsTest {
    private static final String TRACKER = """
            manner: TICKET
            source: made up
            secret: true
            settings:
              project: {pattern: "[A-Z]{1,5}"}
              type: {usual: Task}
            cut: {title: {characters: 5}}
            headers: {Authorization: "Basic {{basic}}"}
            open:
              method: POST
              path: /issue
              body: |
                {"project": "{{settings.project}}", "title": "{{title}}", "label": "{{marker}}"}
              success: {statuses: [200], pointer: /code, values: ["0"], later: ["7"]}
              reference: {id: /key, path: "/browse/{{reference}}"}
            update: {method: PATCH, path: "/issue/{{reference}}", body: '{"note": "{{changed}}"}'}
            find: {method: GET, path: "/search?q={{marker}}", reference: {id: /found/0/key, link: /found/0/page}}
            """;
    private static final Access ACCESS = new Access(URI.create("https://tracker.example/base/?v=1"), List.of("s3cret"));

    @Test
    void everyShippedPresetMakesATarget() {
        assertThat(Presets.shipped()).extracting(TargetKind::name).contains("json");
    }

    @Test
    void writesWhatTheFileDescribes() throws Exception {
        Target target = tracker();
        Request request =
                target.write(errand(Action.OPEN, Optional.empty()), ACCESS).orElseThrow();
        assertThat(request.address()).hasToString("https://tracker.example/base/issue?v=1");
        assertThat(request.body())
                .hasValueSatisfying(
                        body -> assertThat(body)
                                .isEqualTo(
                                        "{\"project\": \"DBA\", \"title\": \"\\\"quo…\", \"label\": \"medic-019b0000000070008000000000000001\"}\n"));
        assertThat(request.headers()).containsEntry("Authorization", "Basic OnMzY3JldA==");
        var known = new Reference("A/1?", Optional.empty());
        assertThat(target.write(errand(Action.UPDATE, Optional.of(known)), ACCESS)
                        .orElseThrow()
                        .address())
                .hasToString("https://tracker.example/base/issue/A%2F1%3F?v=1");
        assertThat(target.write(errand(Action.RESOLVE, Optional.of(known)), ACCESS))
                .isEmpty();
    }

    @Test
    void readsAcceptanceOutOfTheAnswer() throws Exception {
        assertThat(read(200, "{\"code\": 0, \"key\": \"DBA-7\"}"))
                .isEqualTo(new Receipt.Accepted(Optional.of(
                        new Reference("DBA-7", Optional.of("https://tracker.example/base/browse/DBA-7?v=1")))));
        assertThat(read(200, "{\"code\": 7}"))
                .isEqualTo(new Receipt.RetryLater(Optional.empty(), "status 200, code 7"));
        assertThat(read(200, "{\"code\": 9}")).isEqualTo(new Receipt.Refused("status 200, code 9"));
        assertThat(read(200, "{\"code\": \"your token s3cret\"}"))
                .isEqualTo(new Receipt.Refused("status 200, code that is none"));
        assertThat(read(200, "hello")).isEqualTo(new Receipt.Refused("status 200, code missing"));
        assertThat(read(201, "{\"code\": 0}")).isInstanceOf(Receipt.Refused.class);
        assertThat(read(503, "")).isEqualTo(new Receipt.RetryLater(Optional.empty(), "status 503"));
        assertThat(read(410, "")).isInstanceOf(Receipt.Gone.class);
    }

    @Test
    void findsATicketAgain() throws Exception {
        Target target = tracker();
        Errand errand = errand(Action.OPEN, Optional.empty());
        assertThat(target.find(errand, ACCESS).orElseThrow().address())
                .hasToString("https://tracker.example/base/search?q=medic-019b0000000070008000000000000001&v=1");
        assertThat(found(200, "{\"found\": [{\"key\": \"DBA-7\", \"page\": \"https://tracker.example/7\"}]}"))
                .isEqualTo(new Found.There(new Reference("DBA-7", Optional.of("https://tracker.example/7"))));
        assertThat(found(200, "{\"found\": []}")).isEqualTo(new Found.Nowhere());
        assertThat(found(500, "")).isInstanceOf(Found.Unclear.class);
        assertThat(found(200, "{\"found\": [{\"key\": ")).isInstanceOf(Found.Unclear.class);
    }

    @Test
    void tellsEveryMistakeAtOnce() {
        assertThatThrownBy(() -> kind().target(new Wishes(
                        Map.of("project", "dba", "nonsense", "1"),
                        Map.of("open", "{{nobody}}", "close", "", "update", "{\"a\": {{title}}}"),
                        List.of())))
                .isInstanceOfSatisfying(
                        Misconfigured.class,
                        wrong -> assertThat(wrong.mistakes())
                                .containsExactlyInAnyOrder(
                                        "settings.project does not look like [A-Z]{1,5}",
                                        "settings.nonsense is not known to the preset tracker",
                                        "templates.close is no action that the preset tracker describes",
                                        "templates.open: line 1: there is no variable nobody"));
        assertThatThrownBy(() -> kind().target(new Wishes(
                        Map.of("project", "DBA"), Map.of("update", "{\n\"a\": {{title}}}"), List.of())))
                .hasMessageContaining("templates.update: line 2: what comes out is not JSON");
    }

    /** What the manual tells whoever adds a target is done here to the letter. */
    @Test
    void theManualsPresetIsOne() throws Exception {
        String manual = Files.readString(Path.of("docs/tickets.md"));
        String chapter = manual.substring(manual.indexOf("## How to add a target"));
        int start = chapter.indexOf("```yaml\n") + "```yaml\n".length();
        String file = chapter.substring(start, chapter.indexOf("```", start));
        Target target = Presets.read("tracker", file.getBytes(StandardCharsets.UTF_8))
                .target(new Wishes(Map.of("project", "DBA"), Map.of(), List.of()));
        Request opening =
                target.write(errand(Action.OPEN, Optional.empty()), ACCESS).orElseThrow();
        assertThat(opening.address()).hasToString("https://tracker.example/base/api/issues?v=1");
        var known = new Reference("7", Optional.empty());
        assertThat(target.write(errand(Action.RESOLVE, Optional.of(known)), ACCESS)
                        .orElseThrow()
                        .body())
                .contains("{\"state\": \"closed\"}");
        assertThat(target.find(errand(Action.OPEN, Optional.empty()), ACCESS)).isPresent();
    }

    @Test
    void everyVariableOfTheManualIsOneAndNoneIsMissing() throws Exception {
        String manual = Files.readString(Path.of("docs/tickets.md"));
        String table = manual.substring(manual.indexOf("| variable | is |"), manual.indexOf("## How to add a target"));
        for (String name : Variables.NAMES) {
            assertThat(table).contains("`" + name + "`");
        }
    }

    @Test
    void aPathCannotLeadToAnotherHost() {
        assertThatThrownBy(() -> PresetTarget.behind(URI.create("https://tracker.example"), "@evil.example/"))
                .isInstanceOf(Target.Unwritable.class);
    }

    @Test
    void refusesAFileThatIsNone() {
        assertThatThrownBy(() -> Presets.read("x-y", "manner: TICKET\nopne: 1".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("targets/x-y.yaml");
    }

    private static TargetKind kind() {
        return Presets.read("tracker", TRACKER.getBytes(StandardCharsets.UTF_8));
    }

    private static Target tracker() throws Misconfigured {
        return kind().target(new Wishes(Map.of("project", "DBA"), Map.of(), List.of()));
    }

    private static Receipt read(int status, String body) throws Misconfigured {
        return tracker()
                .read(
                        errand(Action.OPEN, Optional.empty()),
                        ACCESS,
                        new Answer(status, body, Optional.empty(), Optional.empty()));
    }

    private static Found found(int status, String body) throws Misconfigured {
        return tracker()
                .found(
                        errand(Action.OPEN, Optional.empty()),
                        ACCESS,
                        new Answer(status, body, Optional.empty(), Optional.empty()));
    }

    private static Errand errand(Action action, Optional<Reference> reference) {
        return new Errand(SampleLetter.of(true), action, reference, "msg_1_1", SampleLetter.AT);
    }
}
