/** Archives of files. */
@NullMarked
package org.etcdmedic.handover.archive;

import org.jspecify.annotations.NullMarked;
