package org.etcdmedic.report.markdown;

import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Block;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** Pieces of a Markdown document. */
final class Marks {
    private static final int SHORTEST_FENCE = 3;

    private Marks() {}

    static Block heading(int level, String text) {
        var heading = new Heading();
        heading.setLevel(level);
        heading.appendChild(text(text));
        return heading;
    }

    static Block paragraph(Node... parts) {
        var paragraph = new Paragraph();
        for (Node part : parts) {
            paragraph.appendChild(part);
        }
        return paragraph;
    }

    static Node text(String text) {
        return new Text(text);
    }

    static Node strong(String text) {
        var strong = new StrongEmphasis("**");
        strong.appendChild(text(text));
        return strong;
    }

    static Node emphasis(String text) {
        var emphasis = new Emphasis("*");
        emphasis.appendChild(text(text));
        return emphasis;
    }

    /** Lines as they are; the fence is longer than any in the text, so that no text closes it. */
    static Block code(String language, String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        var code = new FencedCodeBlock();
        code.setFenceCharacter("`");
        code.setOpeningFenceLength(Math.max(SHORTEST_FENCE, longest + 1));
        code.setClosingFenceLength(Math.max(SHORTEST_FENCE, longest + 1));
        code.setInfo(language);
        code.setLiteral(text + "\n");
        return code;
    }

    static Block table(List<String> head, List<List<String>> rows) {
        var table = new TableBlock();
        var top = new TableHead();
        top.appendChild(row(head, true));
        table.appendChild(top);
        var body = new TableBody();
        rows.forEach(cells -> body.appendChild(row(cells, false)));
        table.appendChild(body);
        return table;
    }

    private static Node row(List<String> cells, boolean head) {
        var row = new TableRow();
        for (String text : cells) {
            var cell = new TableCell();
            cell.setHeader(head);
            cell.appendChild(text(text));
            row.appendChild(cell);
        }
        return row;
    }
}
