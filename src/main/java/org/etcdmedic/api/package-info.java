/** The HTTP edge: wire shapes, problems, controllers. Only the command line knows it, which prints the same shape. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "ticketing",
            "ticketing :: target",
            "alarm",
            "alarm :: source",
            "handover",
            "memory",
            "report",
            "replay",
            "veil",
            "diagnosis",
            "bundle",
            "bundle :: archive",
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
