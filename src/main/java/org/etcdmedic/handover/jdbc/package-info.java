/** What stays in the database. */
@NullMarked
package org.etcdmedic.handover.jdbc;

import org.jspecify.annotations.NullMarked;
