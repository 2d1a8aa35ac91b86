/** What we know about causes, log signatures and remediation, as validated data. */
@NullMarked
@ApplicationModule(allowedDependencies = {"evidence", "platform", "probe"})
package org.etcdmedic.knowledge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
