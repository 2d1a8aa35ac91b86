package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Who we are on a node, and what its clock says.
 *
 * @param user the account we run as
 * @param userId its numeric id; 0 is root
 * @param clock the node's own time while it answered
 * @param ahead the node's clock minus the service's clock, measured around the answer; negative when it is behind
 * @param zone the node's zone, in which it writes logs without one; where only its offset from UTC is known, that
 * @param bootedAt when the kernel started, by the node's clock
 * @param bootId the kernel's random id of this boot
 * @param hostName the kernel's host name
 * @param kernel system name and release
 * @param ticksPerSecond unit of process start times in {@code /proc}
 * @param within by how much {@code ahead} may be wrong: half of the time that the answer took
 */
public record NodeIdentity(
        String user,
        int userId,
        Instant clock,
        Duration ahead,
        ZoneId zone,
        Instant bootedAt,
        String bootId,
        String hostName,
        String kernel,
        long ticksPerSecond,
        Duration within) {

    /** Of a node that was not asked: nothing is known of it but the zone its logs were written in. */
    static NodeIdentity ofZone(ZoneId zone) {
        return new NodeIdentity(
                "", -1, Instant.EPOCH, Duration.ZERO, zone, Instant.EPOCH, "", "", "", 1, Duration.ZERO);
    }
}
