/** The durable job that delivers a ticket, and what makes tickets of what happens to diagnoses. */
@NullMarked
package org.etcdmedic.ticketing.job;

import org.jspecify.annotations.NullMarked;
