package org.etcdmedic.bundle;

import java.time.Instant;
import java.util.List;

/** Reads a bundle of our own captures: {@code bundle.yaml} beside {@code captures.json}, see docs/operating.md. */
public interface OwnCaptures {
    /**
     * The bundle that the two files describe.
     *
     * @param manifest text of {@code bundle.yaml}, or of a recording's {@code scenario.yaml}
     * @param captures text of {@code captures.json}
     * @param request what was said of it; wins over what the manifest says
     * @param skipped what was left aside until then
     * @param now by the service's clock
     * @throws BundleRefused when one of them is not well-formed
     */
    Bundle read(String manifest, String captures, BundleRequest request, List<Skipped> skipped, Instant now);
}
