/** Writes what a ticket has to say, from the diagnosis that it tells of. */
@NullMarked
package org.etcdmedic.ticketing.letter;

import org.jspecify.annotations.NullMarked;
