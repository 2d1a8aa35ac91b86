/** What tests of several rooms stand on. */
@NullMarked
package org.etcdmedic.testing;

import org.jspecify.annotations.NullMarked;
