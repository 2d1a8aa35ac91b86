/**
 * Lets a newcomer try the service on one machine: an embedded real PostgreSQL and practice nodes that replay recorded
 * answers over real SSH. Stands in a jar of its own; the production jar holds none of it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"cli", "inventory", "probe"})
package org.etcdmedic.practice;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
