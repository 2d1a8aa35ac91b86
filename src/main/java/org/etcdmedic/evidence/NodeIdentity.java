package org.etcdmedic.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Who we are on a node, and what its clock says.
 *
 * @param user the account we run as
 * @param userId its numeric id; 0 is root
 * @param clock the node's own time while it answered
 * @param ahead the node's clock minus the service's clock, measured around the answer; negative when it is behind
 * @param zone the node's offset from UTC, in which it writes logs without a zone
 * @param bootedAt when the kernel started, by the node's clock
 * @param bootId the kernel's random id of this boot
 * @param hostName the kernel's host name
 * @param kernel system name and release
 * @param ticksPerSecond unit of process start times in {@code /proc}
 */
public record NodeIdentity(
        String user,
        int userId,
        Instant clock,
        Duration ahead,
        ZoneOffset zone,
        Instant bootedAt,
        String bootId,
        String hostName,
        String kernel,
        long ticksPerSecond) {

    /** Of a node that was not asked: nothing is known of it but the zone its logs were written in. */
    static NodeIdentity ofZone(ZoneOffset zone) {
        return new NodeIdentity("", -1, Instant.EPOCH, Duration.ZERO, zone, Instant.EPOCH, "", "", "", 1);
    }
}
