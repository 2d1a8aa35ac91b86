/** Our own captures in a bundle. */
@NamedInterface("json")
@NullMarked
package org.etcdmedic.bundle.json;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
