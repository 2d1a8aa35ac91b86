package org.etcdmedic.platform;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pages that renew themselves, probes and scrapes would bury the traces of alarms: reading is kept only below a caller's own trace. */
@Component
class WorthTracing implements SpanExportingPredicate {
    @Override
    public boolean isExportable(FinishedSpan span) {
        String name = span.getName().toLowerCase(Locale.ROOT);
        boolean reading =
                span.getKind() == Span.Kind.SERVER && (name.startsWith("http get") || name.startsWith("http head"));
        return !reading || below(span.getParentId());
    }

    private static boolean below(@Nullable String parent) {
        return parent != null && !parent.matches("0*");
    }
}
