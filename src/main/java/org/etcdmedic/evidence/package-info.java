/** Understands what nodes said: neutral, typed facts, each traceable to the lines it was read from. */
@NullMarked
@ApplicationModule(allowedDependencies = {"probe", "inventory", "platform"})
package org.etcdmedic.evidence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
