/** Goes to a node and asks it the questions of a published, read-only catalogue. */
@NullMarked
@ApplicationModule(allowedDependencies = {"inventory", "platform"})
package org.etcdmedic.probe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
