/** The outbox in PostgreSQL. */
@NullMarked
package org.etcdmedic.ticketing.jdbc;

import org.jspecify.annotations.NullMarked;
