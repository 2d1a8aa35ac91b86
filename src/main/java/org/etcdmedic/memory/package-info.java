/** What was found before, what people said of it, and what helped. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"diagnosis", "verdict", "knowledge", "evidence", "inventory", "audit", "platform"})
package org.etcdmedic.memory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
