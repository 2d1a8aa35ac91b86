package org.etcdmedic.probe.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.etcdmedic.probe.Reach.Obstacle;
import org.etcdmedic.probe.ssh.Failure.End;
import org.etcdmedic.probe.ssh.HostKeys.Judgement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
    private static Exception jsch() {
        return new JSchException("Session.connect: something");
    }

    private static Exception io() {
        return new IOException("End of IO Stream Read");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                row(Stage.SETTINGS, End.DENIED, jsch(), null, Obstacle.LOGIN_NOT_CONFIGURED),
                row(Stage.QUEUE, End.DENIED, jsch(), null, Obstacle.NOT_TRIED),
                row(Stage.BASTION, End.DENIED, jsch(), null, Obstacle.BASTION_FAILED),
                row(Stage.BEHIND_BASTION, End.DENIED, jsch(), null, Obstacle.BASTION_TO_NODE_FAILED),
                row(Stage.NAME, End.DENIED, new UnknownHostException("x"), null, Obstacle.NAME_UNRESOLVED),
                row(
                        Stage.CONNECT,
                        End.DENIED,
                        new SocketTimeoutException("Connect timed out"),
                        null,
                        Obstacle.CONNECT_TIMED_OUT),
                row(
                        Stage.CONNECT,
                        End.DENIED,
                        new ConnectException("Connection timed out"),
                        null,
                        Obstacle.CONNECT_TIMED_OUT),
                row(
                        Stage.CONNECT,
                        End.DENIED,
                        new ConnectException("Connection refused"),
                        null,
                        Obstacle.CONNECT_REFUSED),
                row(Stage.CONNECT, End.DENIED, new NoRouteToHostException("No route to host"), null, Obstacle.NO_ROUTE),
                row(Stage.CONNECT, End.DENIED, new SocketException("Network is unreachable"), null, Obstacle.NO_ROUTE),
                row(
                        Stage.CONNECT,
                        End.DENIED,
                        new SocketException("IPv6 protocol family unavailable"),
                        null,
                        Obstacle.FAMILY_UNAVAILABLE),
                row(
                        Stage.CONNECT,
                        End.DENIED,
                        new SocketException("Address family not supported by protocol"),
                        null,
                        Obstacle.FAMILY_UNAVAILABLE),
                row(
                        Stage.CONNECT,
                        End.DENIED,
                        new SocketException("Connection reset by peer"),
                        null,
                        Obstacle.CLOSED_BEFORE_BANNER),
                row(Stage.BANNER, End.CLOSED, io(), null, Obstacle.CLOSED_BEFORE_BANNER),
                row(Stage.BANNER, End.TIMED_OUT, io(), null, Obstacle.BANNER_MISSING),
                row(Stage.BANNER, End.DENIED, jsch(), null, Obstacle.BANNER_MISSING),
                row(Stage.KEY_EXCHANGE, End.CLOSED, io(), null, Obstacle.KEY_EXCHANGE_FAILED),
                row(Stage.KEY_EXCHANGE, End.TIMED_OUT, io(), null, Obstacle.KEY_EXCHANGE_FAILED),
                row(Stage.KEY_EXCHANGE, End.DENIED, jsch(), null, Obstacle.KEY_EXCHANGE_FAILED),
                row(Stage.KEY_EXCHANGE, End.CLOSED, io(), Judgement.ACCEPTED, Obstacle.KEY_EXCHANGE_FAILED),
                row(Stage.KEY_EXCHANGE, End.DENIED, jsch(), Judgement.UNKNOWN, Obstacle.HOST_KEY_UNKNOWN),
                row(Stage.KEY_EXCHANGE, End.DENIED, jsch(), Judgement.CHANGED, Obstacle.HOST_KEY_CHANGED),
                row(Stage.KEY_EXCHANGE, End.DENIED, jsch(), Judgement.REVOKED, Obstacle.HOST_KEY_REVOKED),
                row(Stage.AUTHENTICATION, End.DENIED, jsch(), Judgement.ACCEPTED, Obstacle.KEY_REJECTED),
                row(Stage.AUTHENTICATION, End.TIMED_OUT, jsch(), Judgement.ACCEPTED, Obstacle.AUTHENTICATION_STALLED),
                row(Stage.AUTHENTICATION, End.CLOSED, jsch(), Judgement.ACCEPTED, Obstacle.CONNECTION_LOST),
                row(
                        Stage.AUTHENTICATION,
                        End.DENIED,
                        new ArrayIndexOutOfBoundsException(),
                        Judgement.ACCEPTED,
                        Obstacle.CONNECTION_LOST));
    }

    @ParameterizedTest(name = "{0} {1} {3} -> {4}")
    @MethodSource("failures")
    void accusesTheRightOne(Stage stage, End end, Exception problem, @Nullable Judgement hostKey, Obstacle expected) {
        assertThat(new Failure(stage, end, problem, Optional.ofNullable(hostKey)).obstacle())
                .isEqualTo(expected);
    }

    @Test
    void canTellEveryObstacleButTheOneThatOnlyARealNegotiationShows() {
        var told = failures().map(row -> (Obstacle) row.get()[4]).collect(Collectors.toSet());

        assertThat(EnumSet.complementOf(EnumSet.copyOf(told))).containsExactly(Obstacle.ALGORITHMS);
    }

    private static Arguments row(
            Stage stage, End end, Exception problem, @Nullable Judgement hostKey, Obstacle expected) {
        return arguments(stage, end, problem, hostKey, expected);
    }
}
