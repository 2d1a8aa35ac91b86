/**
 * Sets a letter into the markup of where it is read. What nodes wrote is hostile there too: nobody is mentioned, nothing is linked and nothing
 * is formatted by it.
 */
@NullMarked
package org.etcdmedic.ticketing.markup;

import org.jspecify.annotations.NullMarked;
