package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.etcdmedic.evidence.ClusterStatus.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterStatusParserTest {
    private static final UUID CAPTURE = new UUID(0, 1);

    private static Optional<ClusterStatus> parse(String text, int exit) {
        return ClusterStatusParser.parse(Lines.of(CAPTURE, text), OptionalInt.of(exit));
    }

    @Test
    void readsTheSampleOfItsOwnDocumentation() {
        ClusterStatus status =
                parse(JavadocSample.of(ClusterStatusParser.class), 0).orElseThrow();

        assertThat(status.etcd()).extracting(Member::state).containsExactly("StateFollower", "StateLeader", "Down");
        assertThat(status.clusterState()).contains("Normal");
    }

    static Stream<Arguments> layouts() {
        return Stream.of(
                Arguments.of(
                        ClusterStatusSamples.ONE_MEMBER_DOWN, 0, "StateFollower StateLeader Down", "Normal", false),
                Arguments.of(
                        ClusterStatusSamples.DISTRIBUTED,
                        0,
                        "StateFollower StateFollower StateLeader",
                        "Degraded",
                        false),
                Arguments.of(ClusterStatusSamples.WITHOUT_ETCD, 0, "", "Degraded", false),
                Arguments.of(ClusterStatusSamples.QUORUM_LOST, 255, "Down Down Down", "", true),
                Arguments.of(
                        ClusterStatusSamples.WIDE_HEADING, 0, "StateLeader StateFollower StateFollower", "", false),
                Arguments.of(ClusterStatusSamples.WITH_ZONE, 0, "StateLeader StateFollower StateFollower", "", false),
                Arguments.of(ClusterStatusSamples.POLLUTED, 0, "StateLeader StateFollower Down", "Degraded", false),
                Arguments.of(ClusterStatusSamples.VERTICAL, 0, "StateLeader", "", false));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void readsEveryLayout(String text, int exit, String states, String clusterState, boolean noPrimary) {
        ClusterStatus status = parse(text, exit).orElseThrow();

        assertThat(String.join(" ", status.etcd().stream().map(Member::state).toList()))
                .isEqualTo(states);
        assertThat(status.clusterState().orElse("")).isEqualTo(clusterState);
        assertThat(status.noPrimaryServer()).isEqualTo(noPrimary);
        assertThat(status.exitStatus()).isEqualTo(OptionalInt.of(exit));
        assertThat(status.error()).isEmpty();
    }

    @Test
    void readsTheColumnsOfARow() {
        Member down = parse(ClusterStatusSamples.ONE_MEMBER_DOWN, 0)
                .orElseThrow()
                .etcd()
                .getLast();

        assertThat(down)
                .isEqualTo(new Member(
                        "gaussdb-node-3",
                        "192.168.0.13",
                        Optional.of("/usr/local/etcd"),
                        "Down",
                        Source.line(CAPTURE, 15)));
        assertThat(down.down()).isTrue();
        assertThat(parse(ClusterStatusSamples.WITH_ZONE, 0).orElseThrow().etcd().getFirst())
                .isEqualTo(new Member(
                        "gaussdb-node-1",
                        "192.168.0.11",
                        Optional.of("/usr/local/etcd"),
                        "StateLeader",
                        Source.line(CAPTURE, 13)));
    }

    @Test
    void joinsARowThatALogLineCut() {
        assertThat(parse(ClusterStatusSamples.POLLUTED, 0).orElseThrow().etcd())
                .extracting(
                        Member::nodeName,
                        Member::state,
                        m -> m.source().firstLine(),
                        m -> m.source().lastLine())
                .containsExactly(
                        tuple("node-1", "StateLeader", 8, 11),
                        tuple("node-2", "StateFollower", 12, 12),
                        tuple("node-3", "Down", 14, 14));
    }

    @ParameterizedTest
    @CsvSource({
        "1 n1 10.0.0.1 7001 /d StateCandidate, StateCandidate",
        "1 n1 10.0.0.1 7001 /d UNKNOWN, UNKNOWN",
        "1 n1 10.0.0.1 7001 /d Need repair(Disconnected), Need repair(Disconnected)",
        "1 n1 10.0.0.1 7001 Down, Down",
        "1 n1 fe80::1 7001 /d Skip, Skip",
        "可用区1 1 n1 10.0.0.1 7001 /d 未知, 未知",
        "1 n1 7001 /d Down, Down"
    })
    void keepsAStateItDoesNotKnowAndAnyShapeOfRow(String row, String state) {
        Member member = parse("[    ETCD State     ]\n" + row + "\n", 0)
                .orElseThrow()
                .etcd()
                .getFirst();

        assertThat(member.state()).isEqualTo(state);
        assertThat(member.nodeName()).isEqualTo("n1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cm_ctl: Failed to open etcd.[ERRDETAIL]:N/A[ERRCAUSE]:Etcd is abnoraml.[ERRACTION]:Please check the"
                        + " Cluster Status and try again.",
                "cm_ctl: etcd open failed: tls: bad certificate.",
                "cm_ctl: send query msg to cm_server failed.",
                "current user is the root user (uid = 0), exit.",
                "Get GAUSSHOME failed.",
                "cm_getenv: failed to get environment variable: GAUSSHOME. Please check and make sure it is configured!"
            })
    void keepsWhatCmCtlComplainsOf(String complaint) {
        ClusterStatus status = parse(complaint + "\r\n", 1).orElseThrow();

        assertThat(status.error()).isEqualTo(complaint);
        assertThat(status.etcd()).isEmpty();
        assertThat(status.noPrimaryServer()).isFalse();
    }

    @Test
    void takesSilenceWithAStatusForAnAnswer() {
        assertThat(parse("", 0).orElseThrow().clusterState()).isEmpty();
        assertThat(ClusterStatusParser.parse(Lines.of(CAPTURE, ""), OptionalInt.empty()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Last login: Sun Nov 22\n", "[root@node ~]# \n", "logfile_open could not open log file:x\n"})
    void isUnusableWithNothingOfCmCtlInIt(String text) {
        assertThat(parse(text, 0)).isEmpty();
    }

    @Test
    void leavesOutARowThatIsCutInTheMiddle() {
        String text = ClusterStatusSamples.ONE_MEMBER_DOWN;
        String cut = text.substring(0, text.indexOf("7003 /usr") + 4);

        assertThat(parse(cut, 124).orElseThrow().etcd()).hasSize(2);
    }
}
