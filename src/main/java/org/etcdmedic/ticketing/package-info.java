/**
 * Tells a concluded diagnosis to whom it concerns: a ticket for the owner that its cause names, born with the verdict, delivered at
 * least once, followed until the case is over. {@code ticketing.target} says what a target is and how one is added.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "alarm",
            "report",
            "diagnosis",
            "bundle",
            "verdict",
            "knowledge",
            "inventory",
            "audit",
            "platform",
            "platform :: http",
            "platform :: job"
        })
package org.etcdmedic.ticketing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
