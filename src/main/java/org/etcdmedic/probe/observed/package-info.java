/** Measures and traces what a prober does, without knowing how it does it. */
@NullMarked
package org.etcdmedic.probe.observed;

import org.jspecify.annotations.NullMarked;
