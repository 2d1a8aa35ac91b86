package org.etcdmedic.report;

import java.util.Locale;

/** A way to write a report down. */
public interface ReportFormat {
    /** Media type of what is written. */
    String type();

    /** The report for a reader of this language. */
    String write(DiagnosisReport report, Locale locale);
}
