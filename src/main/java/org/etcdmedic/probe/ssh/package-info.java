@NullMarked
package org.etcdmedic.probe.ssh;

import org.jspecify.annotations.NullMarked;
