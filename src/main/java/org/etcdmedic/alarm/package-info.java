/** Takes alarms in: keeps each, opens a diagnosis or joins the open one. */
@NullMarked
@ApplicationModule(allowedDependencies = {"diagnosis", "inventory", "audit", "platform", "platform :: http"})
package org.etcdmedic.alarm;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
