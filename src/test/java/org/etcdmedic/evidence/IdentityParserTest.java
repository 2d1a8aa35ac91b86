package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityParserTest {
    private static final String SAMPLE = JavadocSample.of(IdentityParser.class);

    private static Optional<NodeIdentity> parse(String text) {
        return IdentityParser.parse(aCapture("identity").text(text).build());
    }

    @Test
    void readsTheSample() {
        NodeIdentity identity = parse(SAMPLE).orElseThrow();

        assertThat(identity.user()).isEqualTo("Ruby");
        assertThat(identity.userId()).isEqualTo(1001);
        assertThat(identity.clock()).isEqualTo(Instant.ofEpochSecond(1795395256, 149404297));
        assertThat(identity.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        assertThat(identity.bootedAt()).isEqualTo(Instant.ofEpochSecond(1795393683));
        assertThat(identity.bootId()).isEqualTo("ac9d4598-11de-4e9d-a2fe-d2345d6aecbf");
        assertThat(identity.hostName()).isEqualTo("gaussdb-node-1");
        assertThat(identity.kernel()).isEqualTo("Linux 4.19.90-2110.8.0.0119.oe1.x86_64");
        assertThat(identity.ticksPerSecond()).isEqualTo(100);
    }

    @Test
    void measuresTheClockAgainstTheMiddleOfTheQuestion() {
        var answer = aCapture("identity")
                .text(SAMPLE)
                .at(Instant.ofEpochSecond(1795395250))
                .took(Duration.ofSeconds(4))
                .build();

        assertThat(IdentityParser.parse(answer).orElseThrow().ahead())
                .isEqualTo(Duration.ofMillis(4149).plusNanos(404297));
    }

    @Test
    void tellsAClockThatIsBehind() {
        var answer = aCapture("identity")
                .text(SAMPLE)
                .at(Instant.ofEpochSecond(1795395300))
                .build();

        assertThat(IdentityParser.parse(answer).orElseThrow().ahead()).isNegative();
    }

    @Test
    void doesWithoutNanosecondsTicksAndBootTime() {
        NodeIdentity identity = parse(SAMPLE.replace(".149404297", ".%N")
                        .replace("ticks 100\n", "ticks \n")
                        .replace("btime 1795393683\n", ""))
                .orElseThrow();

        assertThat(identity.clock()).isEqualTo(Instant.ofEpochSecond(1795395256));
        assertThat(identity.ticksPerSecond()).isEqualTo(100);
        assertThat(identity.bootedAt()).isEqualTo(Instant.ofEpochMilli(1795393683580L));
    }

    @Test
    void readsWindowsLineEndsAndAnyOrder() {
        var lines = SAMPLE.lines().sorted().toList();

        assertThat(parse(String.join("\r\n", lines))).isEqualTo(parse(SAMPLE));
    }

    @Test
    void keepsAnAccountNumberAboveThirtyOneBitsApartFromOthers() {
        assertThat(parse(SAMPLE.replace("uid 1001", "uid 4294967294"))
                        .orElseThrow()
                        .userId())
                .isEqualTo(-2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "now", "zone", "uid"})
    void isUnusableOnlyWithoutWhatNothingElseTells(String label) {
        String damaged = SAMPLE.replaceFirst("(?m)^" + label + " .*$", label + " ???");

        assertThat(parse(damaged).isPresent()).isEqualTo(label.equals("user"));
    }

    @Test
    void isUnusableWhenEmptyOrForeign() {
        assertThat(parse("")).isEmpty();
        assertThat(parse("sh: 权限不够\n")).isEmpty();
    }

    @Test
    void takesTheOffsetWhereTheNameIsNoneOrContradictsIt() {
        for (String name : new String[] {"", "Mars/Olympus", "America/St_Johns", "/usr/share/zoneinfo/", "CST-8"}) {
            assertThat(parse(SAMPLE.replace("/usr/share/zoneinfo/Asia/Shanghai", name))
                            .orElseThrow()
                            .zone())
                    .as(name)
                    .isEqualTo(ZoneOffset.ofHours(8));
        }
        assertThat(parse(SAMPLE.replace("/usr/share/zoneinfo/", ""))
                        .orElseThrow()
                        .zone())
                .isEqualTo(ZoneId.of("Asia/Shanghai"));
    }
}
