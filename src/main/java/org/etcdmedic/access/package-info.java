/** Knows who may do what, and lets nobody else in. */
@NullMarked
@ApplicationModule(allowedDependencies = {"audit", "platform", "platform :: http"})
package org.etcdmedic.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
