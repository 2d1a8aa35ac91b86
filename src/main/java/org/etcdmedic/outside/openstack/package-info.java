/** Asks an OpenStack-compatible compute API what was done to a node's virtual machine. */
@NullMarked
package org.etcdmedic.outside.openstack;

import org.jspecify.annotations.NullMarked;
