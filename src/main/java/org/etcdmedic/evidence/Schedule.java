package org.etcdmedic.evidence;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The database user's crontab.
 *
 * @param present whether the user has one
 * @param omMonitorEntry the active line that starts om_monitor
 * @param openFilesLimit hard limit of open files of the session that looked; empty when unlimited or not told
 */
public record Schedule(boolean present, Optional<String> omMonitorEntry, OptionalLong openFilesLimit) {}
