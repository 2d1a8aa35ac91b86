@NullMarked
package org.etcdmedic.platform.jdbc;

import org.jspecify.annotations.NullMarked;
