package org.etcdmedic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter error = new StringWriter();

    private ProgressLine line(boolean terminal) {
        return new ProgressLine(new Terminal(
                new PrintWriter(new StringWriter()),
                new PrintWriter(error, true),
                false,
                terminal,
                Map.of(),
                InstantSource.system()));
    }

    @Test
    void isWrittenOncePerChangeWhereNobodyLooks() {
        ProgressLine line = line(false);
        line.state("n1 is asked", Duration.ofSeconds(1));
        line.state("n1 is asked", Duration.ofSeconds(2));
        line.state("n1 done", Duration.ofSeconds(3));
        line.clear();

        assertThat(error.toString()).isEqualTo("[1 s] n1 is asked\n[3 s] n1 done\n");
    }

    @Test
    void isWrittenAnewOnATerminalAndLeavesNothingBehind() {
        ProgressLine line = line(true);
        line.state("n1 is asked", Duration.ofSeconds(1));
        line.state("n1 is asked", Duration.ofSeconds(2));
        line.note("The connection broke off.");
        line.state("\u001b[2J" + "节".repeat(100), Duration.ofSeconds(3));
        line.clear();

        String anew = "\r\u001b[K";
        assertThat(error.toString())
                .startsWith(anew + "[1 s] n1 is asked" + anew + "[2 s] n1 is asked" + anew
                        + "The connection broke off.\n" + anew + "[3 s] \\u001b[2J节")
                .endsWith("…" + anew);
        assertThat(Columns.width(
                        error.toString().replaceAll("(?s).*\\[3 s\\]", "[3 s]").replace(anew, "")))
                .isLessThan(80);
    }
}
