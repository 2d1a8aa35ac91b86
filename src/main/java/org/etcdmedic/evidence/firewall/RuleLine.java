package org.etcdmedic.evidence.firewall;

import org.etcdmedic.evidence.Source;

/** One line of a listing and where it stands. */
public record RuleLine(String text, Source source) {}
