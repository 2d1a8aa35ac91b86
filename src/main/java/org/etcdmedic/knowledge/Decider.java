package org.etcdmedic.knowledge;

import java.util.Optional;

/**
 * An answer that can decide whether a cause is true.
 *
 * @param check the row of the runbook that it answers
 * @param probe id of the probe that asks it on the node; empty where no probe asks: the login itself, or what the alarm told
 */
public record Decider(String check, Optional<String> probe) {}
