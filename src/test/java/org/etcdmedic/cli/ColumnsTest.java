package org.etcdmedic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void giveChineseTwoPlaces() {
        var columns = new Columns();
        columns.add(List.of("时间", "节点（告警）", "结果"));
        columns.add(List.of("10:00", "n1", "x"));

        assertThat(columns.lines()).containsExactly("时间   节点（告警）  结果", "10:00  n1            x");
    }

    @Test
    void cutWhatIsTooWide() {
        assertThat(Columns.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Columns.cut("abcdefg", 6)).isEqualTo("abcde…");
        assertThat(Columns.cut("检查节点", 6)).isEqualTo("检查…");
        assertThat(Columns.width(Columns.cut("检查节点", 6))).isLessThanOrEqualTo(6);
        assertThat(Columns.cut("检查节点", 8)).isEqualTo("检查节点");
    }
}
