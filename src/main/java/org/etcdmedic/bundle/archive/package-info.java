/** Opens what is packed, without ever unpacking it to a disk. */
@NamedInterface("archive")
@NullMarked
package org.etcdmedic.bundle.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
