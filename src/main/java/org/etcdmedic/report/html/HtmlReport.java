package org.etcdmedic.report.html;

import java.util.Locale;
import java.util.stream.Collectors;
import org.etcdmedic.report.DiagnosisReport;
import org.etcdmedic.report.ReportFormat;
import org.etcdmedic.report.ReportText;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes the report as a page. The template escapes whatever a node wrote. */
@Component
class HtmlReport implements ReportFormat {
    private final ITemplateEngine templates;

    HtmlReport(ITemplateEngine templates) {
        this.templates = templates;
    }

    @Override
    public String type() {
        return MediaType.TEXT_HTML_VALUE;
    }

    @Override
    public String write(DiagnosisReport report, Locale locale) {
        // From the page of a report to the page of a piece, where its lines have numbers.
        return page(report, locale, "../../ui/diagnoses/" + report.diagnosis().id() + "/evidence/");
    }

    @Override
    public String writeAlone(DiagnosisReport report, Locale locale) {
        return page(report, locale, "");
    }

    private String page(DiagnosisReport report, Locale locale, String viewer) {
        ReportText text = ReportText.of(report, locale);
        var context = new Context(locale);
        context.setVariable("language", locale.getLanguage().equals("zh") ? "zh-CN" : "en");
        context.setVariable("report", text);
        context.setVariable("viewer", viewer);
        context.setVariable(
                "pieces",
                text.evidence().stream()
                        .collect(Collectors.toMap(ReportText.PieceText::number, ReportText.PieceText::id)));
        context.setVariable(
                "picture", Picture.of(text.story(), report.diagnosis().alarmedAt()));
        return templates.process("report", context);
    }
}
