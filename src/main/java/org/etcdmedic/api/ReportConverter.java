package org.etcdmedic.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.etcdmedic.report.DiagnosisReport;
import org.etcdmedic.report.ReportFormat;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Writes a report in one of its formats; which one, {@code Accept} decides. */
final class ReportConverter extends AbstractHttpMessageConverter<DiagnosisReport> {
    private final ReportFormat format;

    ReportConverter(ReportFormat format) {
        super(StandardCharsets.UTF_8, MediaType.parseMediaType(format.type()));
        this.format = format;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == DiagnosisReport.class;
    }

    @Override
    protected DiagnosisReport readInternal(Class<? extends DiagnosisReport> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("a report is only ever written", message);
    }

    @Override
    protected void writeInternal(DiagnosisReport report, HttpOutputMessage message) throws IOException {
        message.getBody()
                .write(format.write(report, LocaleContextHolder.getLocale()).getBytes(StandardCharsets.UTF_8));
    }
}
