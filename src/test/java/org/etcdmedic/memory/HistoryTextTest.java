package org.etcdmedic.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.memory.MemoryFixtures.day;
import static org.etcdmedic.memory.MemoryFixtures.found;
import static org.etcdmedic.memory.MemoryFixtures.history;
import static org.etcdmedic.memory.MemoryFixtures.repaired;
import static org.etcdmedic.memory.MemoryFixtures.said;
import static org.etcdmedic.memory.MemoryFixtures.wrong;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.etcdmedic.diagnosis.Sighting;
import org.etcdmedic.memory.Statement.Said;
import org.etcdmedic.platform.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryTextTest {
    record Case(String en, String zh, History history) {
        @Override
        public String toString() {
            return en;
        }
    }

    static Stream<Case> cases() {
        Sighting now = found(9, 10);
        return Stream.of(
                new Case(
                        "Not found before on node n3 within 30 days.",
                        "最近 30 天内未在节点 n3 上发现过同样的故障。",
                        history(now, List.of(), List.of(), List.of())),
                new Case(
                        "Found 3 times on node n3 since 2026-11-01T08:00:00Z; nobody said that it was repaired in between,"
                                + " nor was it seen to be gone.",
                        "自 2026-11-01T08:00:00Z 以来已在节点 n3 上发现 3 次；期间无人反馈已修复，诊断也未见其消失。",
                        history(now, List.of(found(2, 5), found(1, 0)), List.of(), List.of(said(1, 1, Said.RIGHT)))),
                new Case(
                        "The third time on node n3 within 10 days; last time this helped: free-disk-space. It held for 6 days,"
                                + " counted from the time that was told for the repair.",
                        "10 天内第三次在节点 n3 上出现；上次有效的步骤：free-disk-space，之后保持了 6 天（自反馈的修复时间起算）。",
                        history(
                                now,
                                List.of(found(2, 3), found(1, 0)),
                                List.of(day(1)),
                                List.of(repaired(2, 4.5, 4, "free-disk-space")))),
                new Case(
                        "The second time on node n3 within 10 days; last time it was gone for 47 hours, counted from when a"
                                + " diagnosis saw it gone. It was found in 3 diagnoses since 2026-11-01T08:00:00Z; those between which"
                                + " nobody knew it to be gone count as one time.",
                        "10 天内第二次在节点 n3 上出现；上次消失后保持了 47 小时（自诊断确认消失时起算）。"
                                + "自 2026-11-01T08:00:00Z 以来共有 3 次诊断发现该故障；期间未确认消失的计为一次。",
                        history(
                                now,
                                List.of(found(2, 1), found(1, 0)),
                                List.of(day(10).minusSeconds(47 * 3600 + 59)),
                                List.of())),
                new Case(
                        "Found before on node n3 within 30 days, and each time somebody said that it was something else.",
                        "最近 30 天内曾在节点 n3 上发现过，但每次都有人反馈实际为其他原因。",
                        history(now, List.of(found(1, 0)), List.of(), List.of(wrong(1, 1, "CLOCK_SKEW")))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsWhatIsKnownInBothLanguages(Case one) {
        assertThat(new HistoryText(new Texts(Locale.ENGLISH)).summary(one.history()))
                .isEqualTo(one.en());
        assertThat(new HistoryText(new Texts(Locale.SIMPLIFIED_CHINESE)).summary(one.history()))
                .isEqualTo(one.zh());
    }

    @Test
    void countsInWordsToTenAndInFiguresBeyond() {
        assertThat(IntStream.of(4, 10, 11, 23).mapToObj(n -> begins(n, Locale.ENGLISH)))
                .containsExactly(
                        "The fourth time on node",
                        "The tenth time on node",
                        "Time number 11 on node",
                        "Time number 23 on node");
        assertThat(IntStream.of(4, 11).mapToObj(n -> begins(n, Locale.CHINESE)))
                .allSatisfy(text -> assertThat(text).contains("第"));
    }

    private static String begins(int times, Locale locale) {
        List<Sighting> before = IntStream.iterate(times - 1, n -> n > 0, n -> n - 1)
                .mapToObj(n -> found(n, n))
                .toList();
        List<Instant> gone =
                IntStream.range(1, times).mapToObj(n -> day(n + 0.5)).toList();
        String text = new HistoryText(new Texts(locale)).summary(history(found(99, times), before, gone, List.of()));
        return text.contains(" n3") ? text.substring(0, text.indexOf(" n3")) : text;
    }

    @Test
    void saysWhatSomebodySaidThatItWasInstead() {
        History history = history(found(9, 10), List.of(found(1, 0)), List.of(), List.of(wrong(1, 1, "CLOCK_SKEW")));

        assertThat(new HistoryText(new Texts(Locale.ENGLISH)).correction(history))
                .contains("Last time (2026-11-02T08:00:00Z) li said that the cause was CLOCK_SKEW instead.");
    }

    @Test
    void saysHowOftenAStepHelped() {
        var text = new HistoryText(new Texts(Locale.ENGLISH));

        assertThat(text.help(new History.Help("a", 1, day(0), MemoryFixtures.id(1), History.Where.HERE)))
                .isEqualTo("Helped here before, last said 2026-11-01T08:00:00Z");
        assertThat(text.help(new History.Help("a", 3, day(0), MemoryFixtures.id(1), History.Where.ELSEWHERE)))
                .isEqualTo("Helped with the same elsewhere 3 times, last said 2026-11-01T08:00:00Z");
    }
}
