package org.etcdmedic.bundle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;

/**
 * What whoever hands a bundle in says of it; all of it may be missing.
 *
 * @param instance the instance it is from
 * @param node the node that the alarm names
 * @param at when it hurt
 * @param localAt when it hurt by the clock on the node's wall, where it is not said in which zone that is
 * @param zone the zone of the logs
 * @param assumed the offset that is assumed where neither this nor the logs tell one: that of the time that was given, else UTC
 * @param before how long before it log lines testify
 * @param after how long after it
 */
public record BundleRequest(
        Optional<InstanceId> instance,
        Optional<NodeId> node,
        Optional<Instant> at,
        Optional<LocalDateTime> localAt,
        Optional<ZoneId> zone,
        ZoneOffset assumed,
        Duration before,
        Duration after) {}
