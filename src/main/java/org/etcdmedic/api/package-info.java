/** The HTTP edge: wire shapes, problems, controllers. Nobody imports it. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "alarm",
            "diagnosis",
            "verdict",
            "knowledge",
            "evidence",
            "outside",
            "probe",
            "inventory",
            "audit",
            "access",
            "platform"
        })
package org.etcdmedic.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
