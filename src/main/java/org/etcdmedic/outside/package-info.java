/** Asks the systems that stand outside the nodes about them: monitoring, and the infrastructure that runs the machines. */
@NullMarked
@ApplicationModule(allowedDependencies = {"probe", "inventory", "platform", "platform :: http"})
package org.etcdmedic.outside;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
