/** Judgements as JSON. */
@NullMarked
package org.etcdmedic.handover.json;

import org.jspecify.annotations.NullMarked;
