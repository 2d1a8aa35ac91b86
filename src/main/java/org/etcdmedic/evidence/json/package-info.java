/** Reads JSON for the room {@code evidence}. */
@NullMarked
package org.etcdmedic.evidence.json;

import org.jspecify.annotations.NullMarked;
