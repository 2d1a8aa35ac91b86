/** What is shipped beside the jar: the chart in {@code helm/} and the unit in {@code systemd/}, held against what Kubernetes, systemd and the service take. */
@NullMarked
package org.etcdmedic.packaging;

import org.jspecify.annotations.NullMarked;
