/** Packs a diagnosis for another team: report, findings, evidence and timeline, under a veil, and judged alike wherever it is read. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "report",
            "diagnosis",
            "bundle",
            "bundle :: json",
            "verdict",
            "knowledge",
            "veil",
            "outside",
            "probe",
            "inventory",
            "platform"
        })
package org.etcdmedic.handover;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
