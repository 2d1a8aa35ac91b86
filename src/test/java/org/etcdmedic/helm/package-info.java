/** The chart in {@code helm/}: linted, rendered and checked against what Kubernetes and the service take. */
@NullMarked
package org.etcdmedic.helm;

import org.jspecify.annotations.NullMarked;
