/** Keeps on record who changed what. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform"})
package org.etcdmedic.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
