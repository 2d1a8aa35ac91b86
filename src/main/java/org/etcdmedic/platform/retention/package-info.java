/** Deletes what is older than it has to be kept, a little at a time. */
@NullMarked
package org.etcdmedic.platform.retention;

import org.jspecify.annotations.NullMarked;
