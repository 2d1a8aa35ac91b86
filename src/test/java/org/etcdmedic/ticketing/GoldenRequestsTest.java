package org.etcdmedic.ticketing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.etcdmedic.ticketing.chat.ChatKind;
import org.etcdmedic.ticketing.target.Action;
import org.etcdmedic.ticketing.target.Errand;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Reference;
import org.etcdmedic.ticketing.target.Request;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.Target.Unwritable;
import org.etcdmedic.ticketing.target.TargetKind;
import org.etcdmedic.ticketing.template.Presets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each target is sent, to the byte. {@code -Dmedic.golden.record=true} writes the files anew; the difference is then read by a person. */
class GoldenRequestsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/targets/golden");

    static Stream<Arguments> all() {
        return AllTargets.names().stream()
                .flatMap(name -> Stream.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)
                        .map(language -> Arguments.of(name, language)));
    }

    /** All but {@code json}, the text of which is the site's own. */
    @Test
    void looksAtEveryShippedTarget() {
        assertThat(Stream.concat(ChatKind.all().stream(), Presets.shipped().stream())
                        .map(TargetKind::name)
                        .filter(name -> !name.equals("json")))
                .containsExactlyInAnyOrderElementsOf(AllTargets.names());
    }

    @ParameterizedTest
    @MethodSource("all")
    void sendsTheseBytes(String name, Locale language) throws IOException, Unwritable {
        Path file = GOLDEN.resolve(name + "." + language.getLanguage() + ".txt");
        String sent = sent(name, language);
        if (Boolean.getBoolean("medic.golden.record")) {
            Files.writeString(file, sent);
        }
        assertThat(sent).isEqualTo(Files.readString(file));
    }

    private static String sent(String name, Locale language) throws Unwritable {
        Target target = AllTargets.of(name);
        var access = AllTargets.access(name, URI.create("https://target.example"));
        var text = new StringBuilder();
        for (Errand errand : errands(language)) {
            text.append("=== ").append(errand.action()).append('\n');
            target.write(errand, access)
                    .ifPresentOrElse(request -> append(text, request), () -> text.append("nothing\n"));
        }
        text.append("=== FIND\n");
        target.find(errands(language).getFirst(), access)
                .ifPresentOrElse(request -> append(text, request), () -> text.append("nothing\n"));
        return text.toString();
    }

    private static List<Errand> errands(Locale language) {
        var known = Optional.of(new Reference("17", Optional.empty()));
        return List.of(
                new Errand(
                        Letters.usual(language, Letter.Event.COMPLETED, 1),
                        Action.OPEN,
                        Optional.empty(),
                        "msg_1",
                        Letters.AT),
                new Errand(
                        Letters.usual(language, Letter.Event.COMPLETED, 2), Action.UPDATE, known, "msg_2", Letters.AT),
                new Errand(
                        Letters.usual(language, Letter.Event.CLEARED, 3), Action.RESOLVE, known, "msg_3", Letters.AT));
    }

    private static void append(StringBuilder text, Request request) {
        text.append(request.method()).append(' ').append(request.address()).append('\n');
        new TreeMap<>(request.headers())
                .forEach((header, value) ->
                        text.append(header).append(": ").append(value).append('\n'));
        text.append('\n').append(request.body().orElse("")).append('\n');
    }
}
