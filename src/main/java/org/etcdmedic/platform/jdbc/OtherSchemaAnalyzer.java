package org.etcdmedic.platform.jdbc;

import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a database whose tables are not those of this release, instead of a stack trace. */
class OtherSchemaAnalyzer extends AbstractFailureAnalyzer<FlywayValidateException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, FlywayValidateException cause) {
        return new FailureAnalysis(
                "The database's tables were not made by this release: " + cause.getMessage(),
                "Start the release that made them, or restore the dump that was taken before the upgrade (docs/upgrade.md)."
                        + " Nothing was changed, and the history of migrations is nothing to repair by hand.",
                cause);
    }
}
