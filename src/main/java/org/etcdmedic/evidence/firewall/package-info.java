/** The firewall rules of a node, read as they stand, and the way that one packet takes through them. */
@NamedInterface("firewall")
@NullMarked
package org.etcdmedic.evidence.firewall;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
