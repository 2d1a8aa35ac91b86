/** Runs other knowledge over stored diagnoses and shows side by side what would change, before that knowledge is used. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "diagnosis",
            "bundle",
            "bundle :: archive",
            "verdict",
            "knowledge",
            "knowledge :: yaml",
            "probe",
            "inventory",
            "audit",
            "platform",
            "platform :: job"
        })
package org.etcdmedic.replay;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
