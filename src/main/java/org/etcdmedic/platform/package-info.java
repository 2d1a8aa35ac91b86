/** The ground: clock, identifiers, job queue set-up. Knows no word of the domain. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.etcdmedic.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
