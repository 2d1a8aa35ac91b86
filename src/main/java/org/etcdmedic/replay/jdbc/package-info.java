@NullMarked
package org.etcdmedic.replay.jdbc;

import org.jspecify.annotations.NullMarked;
