package org.etcdmedic.access.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do instead of a stack trace. */
class OpenServiceAnalyzer extends AbstractFailureAnalyzer<OpenServiceException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, OpenServiceException cause) {
        return new FailureAnalysis(
                "The service would listen beyond this machine (" + cause.property()
                        + ") and let everybody in: no API token and no OpenID Connect issuer is configured.",
                "Configure at least one token (medic.access.tokens.<name>.roles and .sha256 or .sha256-file), or an issuer"
                        + " (spring.security.oauth2.resourceserver.jwt.issuer-uri with .audiences and medic.access.oidc.roles),"
                        + " or leave " + cause.property() + " on 127.0.0.1.",
                cause);
    }
}
