/** The command line: judges files through the same doors as the API, or asks a running service, and prints for people or as JSON. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "api",
            "bundle",
            "bundle :: archive",
            "bundle :: json",
            "verdict",
            "knowledge",
            "knowledge :: yaml",
            "probe",
            "probe :: yaml",
            "inventory",
            "platform"
        })
package org.etcdmedic.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
