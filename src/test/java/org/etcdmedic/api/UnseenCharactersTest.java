package org.etcdmedic.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

class UnseenCharactersTest {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .characterEscapes(new UnseenCharacters())
                    .build())
            .build();

    @Test
    void areWrittenAsCodesInTextWhereLinesAndTabsStay() {
        assertThat(UnseenCharacters.shown("a\tb\r\nc\rd\u001b[0m \u009b \u202e \u2028 \u200b \u007f 磁盘 😀\n"))
                .isEqualTo("a\tb\r\nc\\u000dd\\u001b[0m \\u009b \\u202e \\u2028 \\u200b \\u007f 磁盘 😀\n");
    }

    @Test
    void areEscapedInJsonAndMeanTheSame() {
        String text = "\u001b \u007f \u009b \u202e \u2066 \u2028 \u200b \"磁盘\" 😀";

        String json = JSON.writeValueAsString(text);

        assertThat(json)
                .isEqualToIgnoringCase("\"\\u001b \\u007f \\u009b \\u202e \\u2066 \\u2028 \\u200b \\\"磁盘\\\" 😀\"");
        assertThat(JSON.readValue(json, String.class)).isEqualTo(text);
    }
}
