/** Tells a concluded diagnosis to people: one read model, written as a page or as Markdown. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "memory",
            "diagnosis",
            "bundle",
            "verdict",
            "knowledge",
            "evidence",
            "inventory",
            "platform"
        })
package org.etcdmedic.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
