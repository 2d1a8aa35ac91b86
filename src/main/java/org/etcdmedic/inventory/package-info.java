/** Knows which instances and nodes exist and how to reach them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"audit", "platform"})
package org.etcdmedic.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
