package org.etcdmedic.verdict;

import java.util.List;
import java.util.Map;
import org.etcdmedic.evidence.Reading;
import org.etcdmedic.probe.Reach;

/** Row V1: can one get into the node, and if not, who is to blame for it. */
final class ReachExamination implements Examination {
    @Override
    public List<Observation> examine(NodeCase node) {
        String host = node.node().host();
        return switch (node.evidence().reach()) {
            case Reach.LoggedIn ignored -> List.of(Observation.seen("node-logged-in", Map.of("host", host)));
            case Reach.NotIn not
            when not.obstacle() == Reach.Obstacle.NOT_TRIED ->
                List.of(new Observation.NotLooked("V1", Reading.Gap.NOT_ASKED, not.detail()));
            case Reach.NotIn not -> List.of(Observation.seen(kind(not), variables(node, not)));
            case Reach.Collected ignored -> List.of(new Observation.NotLooked("V1", Reading.Gap.NOT_IN_BUNDLE, ""));
        };
    }

    private static String kind(Reach.NotIn not) {
        return switch (not.obstacle()) {
            case CONNECT_TIMED_OUT ->
                not.hostAnswers()
                        .map(answers -> answers ? "ssh-port-silent" : "node-unreachable")
                        .orElse("node-not-connectable");
            case NO_ROUTE -> "node-not-connectable";
            case CONNECT_REFUSED -> "ssh-refused";
            case CLOSED_BEFORE_BANNER -> "ssh-closed";
            case BANNER_MISSING -> "ssh-silent";
            case KEY_EXCHANGE_FAILED -> "ssh-key-exchange-failed";
            case AUTHENTICATION_STALLED -> "ssh-authentication-stalled";
            case CONNECTION_LOST -> "ssh-lost";
            case BASTION_TO_NODE_FAILED -> "node-behind-bastion-unreachable";
            case NAME_UNRESOLVED -> "access-name-unresolved";
            case FAMILY_UNAVAILABLE -> "access-family-unavailable";
            case ALGORITHMS -> "access-algorithms";
            case HOST_KEY_UNKNOWN -> "access-host-key-unknown";
            case HOST_KEY_CHANGED -> "access-host-key-changed";
            case HOST_KEY_REVOKED -> "access-host-key-revoked";
            case KEY_REJECTED -> "access-key-rejected";
            case LOGIN_NOT_CONFIGURED -> "access-login-not-configured";
            case BASTION_FAILED -> "access-bastion-failed";
            case NOT_TRIED -> throw new IllegalArgumentException("what was not tried is not looked at");
        };
    }

    private static Map<String, String> variables(NodeCase node, Reach.NotIn not) {
        return Map.of(
                "host", node.node().host(),
                "port", String.valueOf(node.node().sshPort()),
                "login", node.node().login(),
                "detail", not.detail());
    }
}
