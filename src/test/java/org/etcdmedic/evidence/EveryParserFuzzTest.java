package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.WINDOW;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.function.Function;
import org.etcdmedic.probe.Capture;
import org.junit.jupiter.params.provider.Arguments;

/** Every parser, whatever a node sends: no exception, and not more than a moment. */
class EveryParserFuzzTest {
    private static final List<Arguments> PARSERS = ParserFuzzTest.parsers().toList();
    private static final long LONGEST_MILLIS = 5_000;

    @FuzzTest
    @SuppressWarnings({"unchecked", "NullAway"}) // the arguments of our own table are all there
    void readsWhateverANodeSends(FuzzedDataProvider data) {
        Object[] parser = PARSERS.get(data.consumeInt(0, PARSERS.size() - 1)).get();
        String sample = data.consumeBoolean() ? (String) parser[1] : "";
        int at = data.consumeInt(0, sample.length());
        int to = data.consumeInt(at, sample.length());
        boolean truncated = data.consumeBoolean();
        String text = sample.substring(0, at) + data.consumeRemainingAsString() + sample.substring(to);
        var builder = aCapture((String) parser[0]).text(text);
        Capture.Answer capture = truncated ? builder.truncated().noExit().build() : builder.build();

        long began = System.nanoTime();
        assertThat(((Function<Capture.Answer, Object>) parser[2]).apply(capture))
                .isNotNull();
        assertThat(EvidenceReader.read(EvidenceFixtures.NODE, EvidenceFixtures.loggedIn(), List.of(capture), WINDOW))
                .isNotNull();
        String clean = Redactor.clean(text);
        assertThat(Redactor.clean(clean)).isEqualTo(clean);
        assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(LONGEST_MILLIS);
    }
}
