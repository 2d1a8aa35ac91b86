package org.etcdmedic.bundle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeId;
import org.etcdmedic.probe.Question;
import org.etcdmedic.probe.RunAs;

/** Questions that are not asked any more: their answers are there already. */
public final class Recorded {
    private Recorded() {}

    /** The question of this probe with these arguments, of whatever release the probe was. */
    public static Question question(String probe, Map<String, String> arguments) {
        return new Question(
                new Probe(
                        new ProbeId(probe),
                        List.of(),
                        RunAs.LOGIN,
                        "sh",
                        "",
                        List.copyOf(arguments.keySet()),
                        Duration.ZERO,
                        0,
                        Map.of()),
                arguments);
    }
}
