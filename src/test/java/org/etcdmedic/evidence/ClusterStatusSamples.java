package org.etcdmedic.evidence;

/** What {@code cm_ctl query -Cvipd} prints, by situation. */
final class ClusterStatusSamples {
    /** Three nodes, one member down, the cluster normal none the less. */
    static final String ONE_MEMBER_DOWN = """
            [  CMServer State   ]

            node              node_ip         instance                     state
            ----------------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    1    /usr/local/cm/cm_server Primary
            2  gaussdb-node-2 192.168.0.12    2    /usr/local/cm/cm_server Standby
            3  gaussdb-node-3 192.168.0.13    3    /usr/local/cm/cm_server Standby

            [    ETCD State     ]

            node              node_ip         instance             state
            --------------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    7001 /usr/local/etcd StateFollower
            2  gaussdb-node-2 192.168.0.12    7002 /usr/local/etcd StateLeader
            3  gaussdb-node-3 192.168.0.13    7003 /usr/local/etcd Down

            [   Cluster State   ]

            cluster_state   : Normal
            redistributing  : No
            balanced        : Yes
            current_az      : AZ_ALL

            [  Datanode State   ]

            node              node_ip         instance                                       state            | \
            node              node_ip         instance                                       state            | \
            node              node_ip         instance                                       state
            ------------------------------------------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    6001 8000   /var/lib/engine/data1/data/dn_6001 P Primary Normal | \
            2  gaussdb-node-2 192.168.0.12    6002 8000   /var/lib/engine/data1/data/dn_6002 S Standby Normal | \
            3  gaussdb-node-3 192.168.0.13    6003 8000   /var/lib/engine/data1/data/dn_6003 S Standby Normal
            """;

    /** Coordinators, GTM and three shards, one datanode rebuilding. */
    static final String DISTRIBUTED = """
            [  CMServer State   ]

            node              node_ip         instance                     state
            ----------------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    1    /usr/local/cm/cm_server Standby
            2  gaussdb-node-2 192.168.0.12    2    /usr/local/cm/cm_server Primary
            3  gaussdb-node-3 192.168.0.13    3    /usr/local/cm/cm_server Standby

            [    ETCD State     ]

            node              node_ip         instance             state
            --------------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    7001 /usr/local/etcd StateFollower
            2  gaussdb-node-2 192.168.0.12    7002 /usr/local/etcd StateFollower
            3  gaussdb-node-3 192.168.0.13    7003 /usr/local/etcd StateLeader

            [   Cluster State   ]

            cluster_state   : Degraded
            redistributing  : No
            balanced        : Yes
            current_az      : AZ_ALL

            [ Coordinator State ]

            node              node_ip         instance                  state
            ------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    5001 8000   /usr/local/cn Normal
            2  gaussdb-node-2 192.168.0.12    5002 8000   /usr/local/cn Normal
            3  gaussdb-node-3 192.168.0.13    5003 8000   /usr/local/cn Normal

            [ Central Coordinator State ]

            node              node_ip         instance           state
            ------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    5001 /usr/local/cn Normal

            [     GTM State     ]

            node              node_ip         instance            state                    sync_state
            ---------------------------------------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    1001 /usr/local/gtm P Primary Connection ok  Sync
            2  gaussdb-node-2 192.168.0.12    1002 /usr/local/gtm S Standby Connection ok  Sync
            3  gaussdb-node-3 192.168.0.13    1003 /usr/local/gtm S Standby Connection ok  Sync

            [  Datanode State   ]

            node              node_ip         instance                                       state            | \
            node              node_ip         instance                                       state            | \
            node              node_ip         instance                                       state
            ------------------------------------------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    6001 20050  /var/lib/engine/data1/data/dn_6001 P Primary Normal | \
            2  gaussdb-node-2 192.168.0.12    6002 20050  /var/lib/engine/data1/data/dn_6002 S Standby Normal | \
            3  gaussdb-node-3 192.168.0.13    6003 20050  /var/lib/engine/data1/data/dn_6003 S Standby Normal
            2  gaussdb-node-2 192.168.0.12    6004 20060  /var/lib/engine/data1/data/dn_6004 P Primary Normal | \
            3  gaussdb-node-3 192.168.0.13    6005 20060  /var/lib/engine/data1/data/dn_6005 S Standby Building(12%) | \
            1  gaussdb-node-1 192.168.0.11    6006 20060  /var/lib/engine/data1/data/dn_6006 S Standby Normal
            3  gaussdb-node-3 192.168.0.13    6007 20070  /var/lib/engine/data1/data/dn_6007 P Primary Normal | \
            1  gaussdb-node-1 192.168.0.11    6008 20070  /var/lib/engine/data1/data/dn_6008 S Standby Normal | \
            2  gaussdb-node-2 192.168.0.12    6009 20070  /var/lib/engine/data1/data/dn_6009 S Standby Normal
            """;

    /** openGauss, which arbitrates without etcd. */
    static final String WITHOUT_ETCD = """
            [  CMServer State   ]

            node            node_ip         instance                              state
            -----------------------------------------------------------------------------
            1  openGauss111 10.10.1.1        1    /data/omm/openGauss/cm/cm_server Primary
            2  openGauss112 10.10.1.2        2    /data/omm/openGauss/cm/cm_server Standby
            3  openGauss113 10.10.1.3        3    /data/omm/openGauss/cm/cm_server Standby

            [   Cluster State   ]

            cluster_state   : Degraded
            redistributing  : No
            balanced        : Yes
            current_az      : AZ_ALL

            [  Datanode State   ]

            node            node_ip         instance                            state            | \
            node            node_ip         instance                            state            | \
            node            node_ip         instance                            state
            ------------------------------------------------------------------------------------------------
            1  openGauss111 10.10.1.1        6001 20128  /data/omm/openGauss/dn1 P Primary Normal | \
            2  openGauss112 10.10.1.2        6002 20128  /data/omm/openGauss/dn1 S Standby Normal | \
            3  openGauss113 10.10.1.3        6003 20128  /data/omm/openGauss/dn1 S Standby Need repair(Disconnected)
            """;

    /** No primary server; exit status 255. */
    static final String QUORUM_LOST = """
            [  CMServer State   ]

            node              node_ip         instance                     state
            ----------------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    1    /usr/local/cm/cm_server Standby
            2  gaussdb-node-2 192.168.0.12    2    /usr/local/cm/cm_server Standby
            3  gaussdb-node-3 192.168.0.13    3    /usr/local/cm/cm_server Down

            [    ETCD State     ]

            node              node_ip         instance             state
            --------------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    7001 /usr/local/etcd Down
            2  gaussdb-node-2 192.168.0.12    7002 /usr/local/etcd Down
            3  gaussdb-node-3 192.168.0.13    7003 /usr/local/etcd Down

            cm_ctl: can't connect to cm_server.
            Maybe cm_server is not running, or timeout expired. Please try again.
            """;

    /** From 6.0.0 on the heading is wider than the rows. */
    static final String WIDE_HEADING = """
            [    ETCD State     ]

            node              node_ip                                       instance             state
            --------------------------------------------------------------------------------------------------
            1  gaussdb-node-1 192.168.0.11    7001 /usr/local/etcd StateLeader
            2  gaussdb-node-2 192.168.0.12    7002 /usr/local/etcd StateFollower
            3  gaussdb-node-3 192.168.0.13    7003 /usr/local/etcd StateFollower
            """;

    /** With {@code -z ALL} the zone stands first. */
    static final String WITH_ZONE = """
            [  CMServer State   ]

            node                  node_ip         instance                     state
            --------------------------------------------------------------------------
            AZ1 1  gaussdb-node-1 192.168.0.11    1    /usr/local/cm/cm_server Primary
            AZ1 2  gaussdb-node-2 192.168.0.12    2    /usr/local/cm/cm_server Standby
            AZ1 3  gaussdb-node-3 192.168.0.13    3    /usr/local/cm/cm_server Standby

            [    ETCD State     ]

            node                  node_ip         instance             state
            ------------------------------------------------------------------------
            AZ1 1  gaussdb-node-1 192.168.0.11    7001 /usr/local/etcd StateLeader
            AZ1 2  gaussdb-node-2 192.168.0.12    7002 /usr/local/etcd StateFollower
            AZ1 3  gaussdb-node-3 192.168.0.13    7003 /usr/local/etcd StateFollower
            """;

    /** cm_ctl cannot write its own log and prints it here, into rows too. Shaped after a sample of openGauss DBMind. */
    static final String POLLUTED = """
            logfile_open could not open log file:current.log Permission denied.
            write_log_file,log file is null now:19:32:03.244 tid=2433  DEBUG1: etcdStr is 127.0.0.1:2379:etcd_7001:1:7001:lf; .

            [    ETCD State     ]

            node             node_ip         instance state
            -------------------------------------------------------
            1  node-1 127.0.0.1   7001  /etcd  logfile_open could not open log file:current.log Permission denied.
            write_log_file,log file is null now:00:00:00.000 tid=2433  DEBUG1: [GetEtcdStatus] status=7, dbState=1

            StateLeader
            2  node-2 127.0.0.2   7002  /etcd  StateFollower
            could not write to log file: current.log, erron:28
            3  node-3 127.0.0.3   7003  /etcd  Downlogfile_open could not open log file:current.log Permission denied.

            [   Cluster State   ]

            cluster_state   : Degraded
            redistributing  : No
            """;

    /** Without {@code -C}: one value a line. */
    static final String VERTICAL = """
            [  ETCD State  ]

            node                      : 1
            node_name                 : gaussdb-node-1
            instance_id               : 7001
            node_ip                   : 192.168.0.11
            data_path                 : /usr/local/etcd
            type                      : ETCD
            state                     : StateLeader

            node                      : 1
            node_name                 : gaussdb-node-1
            instance_id               : 6001
            node_ip                   : 192.168.0.11
            data_path                 : /var/lib/engine/data1/data/dn_6001
            type                      : Datanode
            state                     : Normal
            """;

    private ClusterStatusSamples() {}
}
