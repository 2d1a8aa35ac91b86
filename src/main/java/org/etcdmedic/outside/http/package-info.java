/** One HTTP exchange with a system outside, bounded in time and bytes. */
@NullMarked
package org.etcdmedic.outside.http;

import org.jspecify.annotations.NullMarked;
