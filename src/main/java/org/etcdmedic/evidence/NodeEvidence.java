package org.etcdmedic.evidence;

import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.probe.Reach;

/** Everything that one node told, each thing known or not known and why. */
public record NodeEvidence(
        NodeId node,
        Reach reach,
        Reading<NodeIdentity> identity,
        Reading<ProcessTable> processes,
        Reading<GaussEnvironment> environment,
        Reading<MarkerFiles> markers,
        Reading<ExecutableFact> executable,
        Reading<ClusterStatus> clusterStatus,
        Reading<DataDirectory> dataDirectory,
        Reading<DiskConsumers> diskConsumers,
        Reading<Log> etcdLog,
        Reading<Log> omMonitorLog,
        Reading<Log> cmAgentLog,
        Reading<SystemLog> kernelLog,
        Reading<SystemLog> systemLog,
        Reading<Schedule> schedule,
        Reading<FirewallRules> firewall,
        Reading<NetworkInterfaces> interfaces,
        Reading<PeerReach> peerReach,
        Reading<Log> omLog,
        Reading<SystemLoad> load,
        Reading<DataDevice> dataDevice,
        Reading<EtcdLimits> etcdLimits,
        Reading<EtcdHealth> etcdHealth,
        Reading<Certificates> certificates,
        Reading<TimeKeeper> timeKeeper,
        Reading<NameLookups> names,
        Reading<RebootRecords> rebootRecords) {}
