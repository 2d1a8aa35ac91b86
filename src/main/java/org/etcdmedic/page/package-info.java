/** The operators' page: what is wrong, what to do, and why, for people with a browser. It reads; its orders go to the API. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "api",
            "ticketing",
            "ticketing :: target",
            "alarm",
            "report",
            "memory",
            "replay",
            "diagnosis",
            "bundle",
            "verdict",
            "knowledge",
            "evidence",
            "outside",
            "probe",
            "inventory",
            "platform"
        })
package org.etcdmedic.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
