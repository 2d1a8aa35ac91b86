package org.etcdmedic.platform;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names every setting that is wrong, a line each, instead of a stack trace. */
class WrongSettingAnalyzer extends AbstractFailureAnalyzer<WrongSetting> {
    @Override
    protected FailureAnalysis analyze(Throwable root, WrongSetting cause) {
        return new FailureAnalysis(
                String.join(System.lineSeparator(), cause.mistakes()),
                "Correct what is named, in application.yaml, in the environment or in the file, and start the service again.",
                cause);
    }
}
