/** The brain: evidence and knowledge in, findings and one verdict out. Pure. */
@NullMarked
@ApplicationModule(allowedDependencies = {"evidence", "evidence :: firewall", "probe", "knowledge", "inventory"})
package org.etcdmedic.verdict;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
