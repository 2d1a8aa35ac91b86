package org.etcdmedic.evidence;

import java.util.Optional;

/**
 * The database user's crontab.
 *
 * @param present whether the user has one
 * @param omMonitorEntry the active line that starts om_monitor
 */
public record Schedule(boolean present, Optional<String> omMonitorEntry) {}
