package org.etcdmedic.ticketing.markup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.etcdmedic.ticketing.Letters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MarkupTest {
    private static final String NOTHING = "\u200b";

    static Stream<Arguments> hostile() {
        return Letters.HOSTILE.stream().map(Arguments::of);
    }

    /** Read by another program: commonmark-java, with what it has of GitHub's. */
    @ParameterizedTest
    @MethodSource("hostile")
    void isTextToAReaderOfMarkdown(String line) {
        List<Extension> extensions = List.of(AutolinkExtension.create(), TablesExtension.create());
        var parser = Parser.builder().extensions(extensions).build();
        var shown = new StringBuilder();
        var texts = new ArrayList<String>();
        parser.parse("- " + Markup.MARKDOWN.of(line)).accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                shown.append(text.getLiteral());
                texts.add(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                shown.append(code.getLiteral());
            }

            @Override
            protected void visitChildren(Node parent) {
                for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
                    assertThat(child)
                            .isInstanceOfAny(
                                    Document.class,
                                    org.commonmark.node.BulletList.class,
                                    org.commonmark.node.ListItem.class,
                                    Paragraph.class,
                                    Text.class,
                                    Code.class);
                }
                super.visitChildren(parent);
            }
        });
        assertThat(shown.toString().replace(NOTHING, "")).isEqualTo(line);
        // What GitHub and GitLab look for in the text that is left.
        String all = String.join("", texts);
        assertThat(all)
                .doesNotContainPattern("[@#!$%~^][\\w.-]")
                .doesNotContainPattern("\\w://\\w|www\\.|(?i)gh-[0-9]|:[a-z]+:|mailto:\\w|&[a-z#0-9]");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isTextInAnIssueOfJira(String line) {
        String set = Markup.JIRA.of(line);
        String bare = set.replaceAll("\\\\[{}\\[\\]()|*_\\-+^~?!#@%]", "");
        assertThat(bare.replace("\\" + NOTHING, "")).doesNotContainPattern("[{}\\[\\]|*_+^~?!#@\\\\]");
        assertThat(set).doesNotContainPattern("[a-z]:(//|[a-z])|www\\.|[:;][DPp()-]");
        assertThat(set.replaceAll("\\\\([{}\\[\\]()|*_\\-+^~?!#@%])", "$1").replace(NOTHING, ""))
                .isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isTextInSlack(String line) {
        String set = Markup.SLACK.of(line);
        assertThat(set).doesNotContain("<", ">").doesNotContainPattern("&(?!amp;|lt;|gt;)");
        assertThat(set.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
                .isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isTextInDingTalkAndWeCom(String line) {
        for (Markup chat : List.of(Markup.DINGTALK, Markup.WECOM)) {
            assertThat(chat.of(line))
                    .doesNotContainPattern("[*<>#`\\[\\]@|~\\\\]")
                    .doesNotContainPattern("://|www\\.|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])");
        }
        assertThat(Markup.WECOM.of("ETCD_PROCESS_DOWN at 10:42")).isEqualTo("ETCD_PROCESS_DOWN at 10:42");
    }

    @Test
    void isNoHtmlInAJournalOfServiceNow() {
        assertThat(Markup.JOURNAL.of("[code]<b>x</b>[/code]")).doesNotContain("[code]", "[/code]");
    }

    @Test
    void aTitleCallsNobody() {
        assertThat(Markup.quiet(Letters.saying("@admin closes #12, !3 and GH-4 at www.evil.example, http://x")))
                .doesNotContainPattern("[@#!][a-z0-9]|GH-|www\\.|://")
                .satisfies(title -> assertThat(title.replace(NOTHING, ""))
                        .isEqualTo("@admin closes #12, !3 and GH-4 at www.evil.example, http://x"));
    }

    @Test
    void aCommandIsCopiedAsItIs() {
        String whole = Marked.characters(
                Markup.MARKDOWN,
                Letters.usual(Locale.ENGLISH, org.etcdmedic.ticketing.target.Letter.Event.COMPLETED, 1),
                65_000);
        assertThat(whole).contains("   ```\n   etcdctl --endpoints=https://10.0.0.2:2379 endpoint health\n   ```\n");
        assertThat(Markup.MARKDOWN.command("a ``` b")).contains("   ````\n   a ``` b\n   ````");
        assertThat(Markup.JIRA.command("a {noformat} b"))
                .isEqualTo("\n{noformat}\na {" + NOTHING + "noformat} b\n{noformat}");
    }

    @ParameterizedTest
    @EnumSource
    void staysWithinItsLimitAtEveryLength(Markup markup) {
        var letter = Letters.ofFacts(Locale.SIMPLIFIED_CHINESE, 90, "磁盘 😀 ＠ <b> *x* [y](z)");
        String rest = markup.of("……其余内容见诊断报告。");
        IntStream.of(200, 333, 1000, 1001, 1002, 1003, 2500).forEach(most -> {
            String bytes = Marked.bytes(markup, letter, most);
            assertThat(bytes.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(most);
            assertThat(bytes).endsWith(rest);
            assertThat(Marked.characters(markup, letter, most)).hasSizeLessThanOrEqualTo(most);
        });
        String whole = Marked.bytes(markup, letter, Integer.MAX_VALUE);
        int length = whole.getBytes(StandardCharsets.UTF_8).length;
        assertThat(Marked.bytes(markup, letter, length)).isEqualTo(whole);
        assertThat(Marked.bytes(markup, letter, length - 1)).endsWith(rest);
    }

    @Test
    void takesTimeByLengthOnly() {
        for (String part : List.of("@#:!www.", "a", "0", "`", "\\", "a@", "- ", "&#")) {
            String endless = part.repeat(400_000 / part.length());
            for (Markup markup : Markup.values()) {
                assertThat(Timeout.of(() -> markup.of(endless))).isNotEmpty();
            }
        }
    }

    /** Some seconds are plenty; a quadratic walk takes hours. */
    private static final class Timeout {
        private static String of(java.util.function.Supplier<String> work) {
            return org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    java.time.Duration.ofSeconds(20), work::get);
        }
    }
}
