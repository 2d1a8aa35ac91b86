package org.etcdmedic.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What etcd says of itself and of the other members, asked on one node (row B10).
 *
 * @param own the client URL of the node's own etcd
 * @param answers how each member that was asked answered a read, seen from this node
 * @param statuses what each member that could be asked told of itself
 * @param members the list of members that the own etcd keeps; empty when it was not told
 * @param alarms alarms that stand in the cluster
 */
public record EtcdHealth(
        String own, List<Answer> answers, List<Status> statuses, List<Member> members, List<Raised> alarms) {
    /** Copies the lists. */
    public EtcdHealth {
        answers = List.copyOf(answers);
        statuses = List.copyOf(statuses);
        members = List.copyOf(members);
        alarms = List.copyOf(alarms);
    }

    /** How a member took the question. */
    public enum Word {
        /** It answered a read that a majority agreed to. */
        HEALTHY,
        /** It answers, and says that it cannot serve a read. */
        UNHEALTHY,
        /** Not a word within three seconds. */
        SILENT,
        /** Nobody listens there. */
        REFUSED,
        /** One side did not trust the connection, or we had no certificate to show; says nothing of the member itself. */
        NOT_TRUSTED,
        /** It ended in a way that tells nothing. */
        NOT_TOLD
    }

    /**
     * One member's answer.
     *
     * @param endpoint its client URL
     * @param word how it answered
     * @param said in etcd's own words; empty when it is healthy
     * @param took how long it needed, where that was told
     */
    public record Answer(String endpoint, Word word, String said, Optional<Duration> took, Source source) {}

    /**
     * What a member tells of itself without asking the others.
     *
     * @param endpoint its client URL
     * @param cluster the cluster's id, as hexadecimal digits
     * @param member its own id
     * @param leader whom it takes for the leader; {@code 0} for nobody
     * @param raft how far its log is
     * @param version etcd's version
     * @param size bytes of its database file
     * @param inUse bytes of it that hold data; empty before etcd 3.4
     * @param learner whether it has no vote yet
     * @param errors what it complains of
     */
    public record Status(
            String endpoint,
            String cluster,
            String member,
            String leader,
            Raft raft,
            String version,
            OptionalLong size,
            OptionalLong inUse,
            boolean learner,
            List<String> errors,
            Source source) {
        /** Copies the errors. */
        public Status {
            errors = List.copyOf(errors);
        }

        /** Whether it knows a leader. */
        public boolean led() {
            return !leader.equals("0");
        }
    }

    /** How far a member's log is: the term, what is written, and what of it is applied. */
    public record Raft(long term, long index, long applied) {}

    /** A member as the list has it. */
    public record Member(
            String id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner, Source source) {
        /** Copies the lists. */
        public Member {
            peerUrls = List.copyOf(peerUrls);
            clientUrls = List.copyOf(clientUrls);
        }
    }

    /** An alarm and the id of the member that raised it: {@code NOSPACE} or {@code CORRUPT}. */
    public record Raised(String member, String kind, Source source) {}

    /** How the node's own etcd answered. */
    public Optional<Answer> ownAnswer() {
        return answers.stream().filter(answer -> answer.endpoint().equals(own)).findFirst();
    }

    /** What the node's own etcd tells of itself. */
    public Optional<Status> ownStatus() {
        return statuses.stream().filter(status -> status.endpoint().equals(own)).findFirst();
    }
}
