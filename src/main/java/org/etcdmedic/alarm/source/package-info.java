/** Understands what other systems send: their bodies become alarms, or take alarms back, by mappings that are data. */
@NamedInterface("source")
@NullMarked
package org.etcdmedic.alarm.source;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
