/** Targets that are described, not programmed: one YAML file says what is sent as templates, and what the answer means. */
@NullMarked
package org.etcdmedic.ticketing.template;

import org.jspecify.annotations.NullMarked;
