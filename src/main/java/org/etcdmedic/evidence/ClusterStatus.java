package org.etcdmedic.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code cm_ctl query -Cvipd} told on one node. Its ETCD section is the view of the node that asks (row C8).
 *
 * @param etcd rows of the ETCD section
 * @param clusterState the word behind {@code cluster_state}, when there is one
 * @param noPrimaryServer it said {@code can't connect to cm_server}
 * @param error another error text of cm_ctl; empty when there is none
 * @param exitStatus of cm_ctl
 */
public record ClusterStatus(
        List<Member> etcd,
        Optional<String> clusterState,
        boolean noPrimaryServer,
        String error,
        OptionalInt exitStatus) {
    /** Copies the list. */
    public ClusterStatus {
        etcd = List.copyOf(etcd);
    }

    /**
     * One etcd member.
     *
     * @param nodeName the cluster manager's name of its node
     * @param address its client address
     * @param dataDirectory its data directory; empty when not printed
     * @param state the word as printed: {@code StateLeader}, {@code StateFollower}, {@code Down}, ... or one not known
     * @param source the line it was read from
     */
    public record Member(String nodeName, String address, Optional<String> dataDirectory, String state, Source source) {
        /** Whether the state is one of a working member. */
        public boolean healthy() {
            return state.equals("StateLeader") || state.equals("StateFollower");
        }

        /** Whether the state is {@code Down}. */
        public boolean down() {
            return state.equals("Down");
        }
    }
}
