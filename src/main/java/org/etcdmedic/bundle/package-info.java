/** Reads what was collected by hand, a log, an archive or a directory, and judges it as if the nodes had been asked. */
@NullMarked
@ApplicationModule(allowedDependencies = {"verdict", "knowledge", "evidence", "probe", "inventory", "platform"})
package org.etcdmedic.bundle;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
