package org.etcdmedic.ticketing.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CutTest {
    private static final String MIXED = "a磁盘😀é".repeat(20);

    @Test
    void neverTakesMoreBytesAndNeverHalfACharacter() {
        for (int most = 0; most < 300; most++) {
            String cut = Cut.bytes(MIXED, most);
            assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(most);
            assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(cut)
                    .doesNotContain("\uFFFD");
            assertThat(MIXED).startsWith(cut.replace("…", ""));
        }
    }

    @Test
    void neverTakesMoreCharactersAndNeverHalfOfOne() {
        for (int most = 0; most < 130; most++) {
            String cut = Cut.characters(MIXED, most);
            assertThat(cut.length()).isLessThanOrEqualTo(most);
            assertThat(cut.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE))
                    .isTrue();
        }
    }

    @Test
    void leavesAloneWhatFits() {
        assertThat(Cut.bytes("磁盘", 6)).isEqualTo("磁盘");
        assertThat(Cut.bytes("磁盘", 5)).isEqualTo("…");
        assertThat(Cut.characters("磁盘", 2)).isEqualTo("磁盘");
    }
}
