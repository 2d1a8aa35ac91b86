/** Turns an "ETCD service abnormal" alarm into a verdict with its evidence. */
@NullMarked
package org.etcdmedic;

import org.jspecify.annotations.NullMarked;
