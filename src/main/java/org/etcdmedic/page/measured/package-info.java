/** What was measured around the alarm, by monitoring and by the nodes' own logs and probes, gathered to be drawn. */
@NullMarked
package org.etcdmedic.page.measured;

import org.jspecify.annotations.NullMarked;
