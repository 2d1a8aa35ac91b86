/** What all durable jobs have in common: how long one waits that failed, and when the workers look for it. */
@NamedInterface("job")
@NullMarked
package org.etcdmedic.platform.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
