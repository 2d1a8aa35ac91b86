package org.etcdmedic.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiteralFinderTest {
    @Test
    void findsWordsInsideAndAcrossEachOther() {
        var finder = new LiteralFinder(List.of("he", "she", "his", "hers", "nothing"));
        assertThat(finder.in("ushers")).isEqualTo(bits(0, 1, 3));
        assertThat(finder.in("日志 his 节点")).isEqualTo(bits(2));
        assertThat(finder.in("")).isEqualTo(bits());
    }

    @Test
    void agreesWithSearchingWordByWord() {
        var random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<String> words = IntStream.range(0, 12)
                    .mapToObj(i -> word(random, 1 + random.nextInt(5)))
                    .distinct()
                    .toList();
            String text = word(random, 40);
            var expected = new BitSet();
            IntStream.range(0, words.size())
                    .filter(i -> text.contains(words.get(i)))
                    .forEach(expected::set);
            assertThat(new LiteralFinder(words).in(text))
                    .as(words + " in " + text)
                    .isEqualTo(expected);
        }
    }

    private static String word(Random random, int length) {
        return random.ints(length, 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static BitSet bits(int... set) {
        var bits = new BitSet();
        IntStream.of(set).forEach(bits::set);
        return bits;
    }
}
