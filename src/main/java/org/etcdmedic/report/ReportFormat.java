package org.etcdmedic.report;

import java.util.Locale;

/** A way to write a report down. */
public interface ReportFormat {
    /** Media type of what is written. */
    String type();

    /** The report for a reader of this language. */
    String write(DiagnosisReport report, Locale locale);

    /** The same for a file that is read where this service is not: it leads nowhere else. */
    default String writeAlone(DiagnosisReport report, Locale locale) {
        return write(report, locale);
    }
}
