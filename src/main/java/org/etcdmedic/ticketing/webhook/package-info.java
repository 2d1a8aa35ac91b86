/** The target that any program can be: Standard Webhooks, signed. */
@NullMarked
package org.etcdmedic.ticketing.webhook;

import org.jspecify.annotations.NullMarked;
