package org.etcdmedic.probe.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import org.etcdmedic.probe.Reach.Obstacle;
import org.etcdmedic.probe.ssh.HostKeys.Judgement;

/**
 * Where and how the way in ended. The one place where what Java and JSch say becomes an obstacle: from the stage, which
 * we saw ourselves on the wire, and from types; from a text only where Java has nothing else.
 *
 * @param stage how far it came
 * @param end how it ended there
 * @param problem what was thrown
 * @param hostKey what became of the host key, when we were shown one
 */
record Failure(Stage stage, End end, Exception problem, Optional<Judgement> hostKey) {

    /** Reason code 14 of RFC 4253, section 11.1. */
    private static final int NO_MORE_AUTHENTICATION = 14;

    /** Who ended it. */
    enum End {
        /** We did, because the time was over. */
        TIMED_OUT,
        /** The other side closed or broke the connection. */
        CLOSED,
        /** Nobody: the answer was no. */
        DENIED
    }

    static Failure denied(Stage stage, String why) {
        return new Failure(stage, End.DENIED, new IllegalStateException(why), Optional.empty());
    }

    static Failure at(Stage stage, Exception problem) {
        return new Failure(stage, End.DENIED, problem, Optional.empty());
    }

    Obstacle obstacle() {
        return switch (stage) {
            case SETTINGS -> Obstacle.LOGIN_NOT_CONFIGURED;
            case QUEUE -> Obstacle.NOT_TRIED;
            case BASTION -> Obstacle.BASTION_FAILED;
            case BEHIND_BASTION -> Obstacle.BASTION_TO_NODE_FAILED;
            case NAME -> Obstacle.NAME_UNRESOLVED;
            case CONNECT -> connect();
            case BANNER -> end == End.CLOSED ? Obstacle.CLOSED_BEFORE_BANNER : Obstacle.BANNER_MISSING;
            case KEY_EXCHANGE -> keyExchange();
            case AUTHENTICATION -> authentication();
        };
    }

    private Obstacle connect() {
        return switch (problem) {
            case SocketTimeoutException _ -> Obstacle.CONNECT_TIMED_OUT;
            // ECONNREFUSED and ETIMEDOUT are the same type, so the text has to tell them apart.
            case ConnectException _ when says("timed out") -> Obstacle.CONNECT_TIMED_OUT;
            case ConnectException _ -> Obstacle.CONNECT_REFUSED;
            // ECONNRESET: it was accepted and dropped before we looked.
            case SocketException _ when says("reset") -> Obstacle.CLOSED_BEFORE_BANNER;
            // EAFNOSUPPORT, and Java's own word where it found no IPv6 at its start: the node was not even tried.
            case SocketException _
            when says("protocol family unavailable") || says("address family not supported") ->
                Obstacle.FAMILY_UNAVAILABLE;
            // EHOSTUNREACH, ENETUNREACH, EPERM and their like.
            default -> Obstacle.NO_ROUTE;
        };
    }

    private boolean says(String words) {
        return String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT).contains(words);
    }

    private Obstacle keyExchange() {
        if (hostKey.isPresent() && hostKey.get() != Judgement.ACCEPTED) {
            return switch (hostKey.get()) {
                case REVOKED -> Obstacle.HOST_KEY_REVOKED;
                case CHANGED -> Obstacle.HOST_KEY_CHANGED;
                case UNKNOWN, ACCEPTED -> Obstacle.HOST_KEY_UNKNOWN;
            };
        }
        return switch (problem) {
            case JSchAlgoNegoFailException _ -> Obstacle.ALGORITHMS;
            // Host certificates are judged by JSch itself.
            case JSchRevokedHostKeyException _ -> Obstacle.HOST_KEY_REVOKED;
            case JSchChangedHostKeyException _ -> Obstacle.HOST_KEY_CHANGED;
            case JSchHostKeyException _ -> Obstacle.HOST_KEY_UNKNOWN;
            default -> Obstacle.KEY_EXCHANGE_FAILED;
        };
    }

    private Obstacle authentication() {
        return switch (end) {
            case TIMED_OUT -> Obstacle.AUTHENTICATION_STALLED;
            case CLOSED -> Obstacle.CONNECTION_LOST;
            // JSch reports a refusal as its own exception; anything else is a damaged conversation.
            case DENIED ->
                problem instanceof RuntimeException || hungUp() ? Obstacle.CONNECTION_LOST : Obstacle.KEY_REJECTED;
        };
    }

    /** The server said goodbye (RFC 4253, 11.1) for another reason than our key. */
    private boolean hungUp() {
        return problem instanceof JSchSessionDisconnectException goodbye
                && goodbye.getReasonCode() != NO_MORE_AUTHENTICATION
                // OpenSSH calls this one a protocol error.
                && !says("authentication failures");
    }
}
