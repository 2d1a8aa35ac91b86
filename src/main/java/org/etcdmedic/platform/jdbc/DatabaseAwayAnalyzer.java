package org.etcdmedic.platform.jdbc;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of a stack trace. */
class DatabaseAwayAnalyzer extends AbstractFailureAnalyzer<DatabaseAway> {
    @Override
    protected FailureAnalysis analyze(Throwable root, DatabaseAway cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                cause.passes()
                        ? "Bring the database up and start the service again, or let it wait longer"
                                + " (medic.database.wait-at-start)."
                        : "Mend spring.datasource.url, .username and .password, or the database's rights.",
                cause);
    }
}
