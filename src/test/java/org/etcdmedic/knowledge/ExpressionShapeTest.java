package org.etcdmedic.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '"',
            value = {
                "^sync duration of (?<took>\\S+), expected less than \\S+ ! , expected less than ",
                "cannot (?:read|write) the file ! \" the file\"",
                "closed? by peer ! \" by peer\"",
                "lost\\.leader ! lost.leader",
                "applied\\(\\d+\\) is out of ! \") is out of\"",
                "peers?\\b[^x\\]]{2,3}unreachable ! unreachable",
                "first word|second words ! first word,second words"
            })
    void findsTheLongestWordOfEachAlternative(String expression, String words) {
        assertThat(String.join(",", ExpressionShape.requiredWords(Pattern.compile(expression)))
                        .strip())
                .isEqualTo(words.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\d+ \\S+", "long enough|ab", "(?:grouped words)", "日志文件损坏"})
    void findsNoWordWhereOneAlternativeHasNone(String expression) {
        assertThat(ExpressionShape.requiredWords(Pattern.compile(expression))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+", "(?:a*b?)*", "((x+)y)*", "(?:\\S+,){2,}", "(a)\\1", "(?i)error", "(?<a>b)\\k<a>"})
    void callsRepeatedRepetitionAndBackReferencesWild(String expression) {
        assertThat(ExpressionShape.isTame(Pattern.compile(expression))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a+b*", "(?<took>\\S+) and (?:x|y)", "\\((?<err>.*)\\)", "[(+*]+", "(?:, to (?<peer>[0-9a-f]+))?"
            })
    void callsSimpleExpressionsTame(String expression) {
        assertThat(ExpressionShape.isTame(Pattern.compile(expression))).isTrue();
    }
}
