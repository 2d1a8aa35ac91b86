package org.etcdmedic.probe.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import org.junit.jupiter.api.Test;

class DetailTest {

    @Test
    void makesOneHarmlessLineOfWhatANodeSays() {
        assertThat(Detail.of(" no\n\u001b[31mway\r\u202e ")).isEqualTo("no / \\x1b[31mway\\x0d\\x202e");
    }

    @Test
    void staysShort() {
        assertThat(Detail.of("x".repeat(5000))).hasSize(243).endsWith("x...");
    }

    @Test
    void namesASilentExceptionByItsClass() {
        assertThat(Detail.of(new EOFException())).isEqualTo("EOFException");
    }
}
