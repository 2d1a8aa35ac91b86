/** Asks Prometheus what was measured on a node. */
@NullMarked
package org.etcdmedic.outside.prometheus;

import org.jspecify.annotations.NullMarked;
