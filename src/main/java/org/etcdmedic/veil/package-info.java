/** Puts pseudonyms in the place of names and addresses, so that what leaves the house names nobody and can still be judged. */
@NullMarked
@ApplicationModule(allowedDependencies = {"evidence", "probe", "inventory", "platform"})
package org.etcdmedic.veil;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
