package org.etcdmedic.verdict;

import java.util.List;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.evidence.Source;

/** The lines that a reading stands on. */
final class Sources {
    private Sources() {}

    /** The lines of a known reading; none for an unknown one. */
    static List<Source> of(Reading<?> reading) {
        return switch (reading) {
            case Reading.Known<?> known -> List.of(known.source());
            case Reading.Unknown<?> ignored -> List.of();
        };
    }
}
