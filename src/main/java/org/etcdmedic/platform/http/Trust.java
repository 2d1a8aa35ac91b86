package org.etcdmedic.platform.http;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.springframework.boot.ssl.SslBundles;

/** Whom a {@link Courier} trusts: the authorities of a bundle of {@code spring.ssl.bundle}, by its name. */
public final class Trust {
    private Trust() {}

    /** Those of this bundle; empty, which is the Java platform's own choice, for an empty name. */
    public static Optional<SSLContext> of(SslBundles bundles, String name) {
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(bundles.getBundle(name).createSslContext());
    }
}
