/** The command line: reads words and paths, calls the same doors as the API, prints for people or as JSON. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "api",
            "bundle",
            "bundle :: archive",
            "bundle :: json",
            "diagnosis",
            "verdict",
            "knowledge",
            "knowledge :: yaml",
            "evidence",
            "probe",
            "probe :: yaml",
            "inventory",
            "platform"
        })
package org.etcdmedic.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
