package org.etcdmedic.practice;

import org.etcdmedic.inventory.Instance;

/** The practice instance as it has to stand in the inventory while this start runs: its ports differ each time. */
public record PracticeInventory(Instance instance) {}
