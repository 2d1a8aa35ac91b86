@NullMarked
package org.etcdmedic.memory.sql;

import org.jspecify.annotations.NullMarked;
