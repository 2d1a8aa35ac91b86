/** One case from start to verdict: its lifecycle, its durable job, its records. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "bundle",
            "bundle :: archive",
            "bundle :: json",
            "verdict",
            "knowledge",
            "evidence",
            "outside",
            "probe",
            "inventory",
            "audit",
            "platform",
            "platform :: job"
        })
package org.etcdmedic.diagnosis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
