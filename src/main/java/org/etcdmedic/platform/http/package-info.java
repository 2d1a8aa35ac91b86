/** One HTTP exchange with another system, bounded in time and bytes, and the secrets that it needs. */
@NamedInterface("http")
@NullMarked
package org.etcdmedic.platform.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
