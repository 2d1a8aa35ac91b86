package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.etcdmedic.evidence.DiskConsumers.BigFile;
import org.etcdmedic.evidence.DiskConsumers.FullDirectory;
import org.etcdmedic.evidence.GaussEnvironment.Origin;
import org.etcdmedic.evidence.LogDirectory.LogFile;
import org.etcdmedic.evidence.MarkerFiles.Directory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallParsersTest {
    @Nested
    class TheEnvironment {
        private static final String SAMPLE = JavadocSample.of(EnvironmentParser.class);

        private static GaussEnvironment parse(String text) {
            return EnvironmentParser.parse(
                            aCapture("gauss-environment").text(text).build())
                    .orElseThrow();
        }

        @Test
        void isReadFromTheSample() {
            GaussEnvironment environment = parse(SAMPLE);

            assertThat(environment.origins())
                    .extracting(Origin::kind)
                    .containsExactly("process om_monitor", "env-file", "login-shell");
            assertThat(environment.value("GAUSSLOG")).contains("/var/lib/log/Ruby");
            assertThat(environment.value("CM_HOME")).isEmpty();
        }

        @Test
        void trustsProcessesThenTheFileThenTheShell() {
            GaussEnvironment environment = parse("""
                    Welcome! GAUSSHOME=/banner
                    GAUSSHOME=/before/any/source
                    source login-shell
                    GAUSSHOME=/shell
                    source env-file
                    GAUSSHOME=/file=with=signs
                    PATH=/not/wanted
                    source process etcd
                    GAUSSHOME=
                    source process cm_agent
                    source end
                    """);

            assertThat(environment.origins())
                    .extracting(Origin::kind)
                    .containsExactly("process cm_agent", "process etcd", "env-file", "login-shell");
            assertThat(environment.value("GAUSSHOME")).contains("/file=with=signs");
            assertThat(environment.value("PATH")).isEmpty();
        }

        @Test
        void readsTheLinesOfAFileAsAShellWouldAndRunsNothing() {
            GaussEnvironment environment = parse("""
                    source login-shell
                    home /home/Ruby
                    echo "; export CM_HOME=/of/an/echo"; export GPHOME="$HOME/om" PGHOST='/tmp/a b'
                      [ -f x ] && export GAUSSHOME=${GPHOME}/app; unset X
                    if [ -f y ]; then export GAUSSLOG=~/log; fi
                    export MPPDB_ENV_SEPARATE_PATH=$(touch /tmp/x)/env
                    export CM_HOME=/first
                    export CM_HOME=$UNKNOWN/cm
                    export DORADO_REARRANGE="open
                    source end
                    """);

            assertThat(environment.origins())
                    .singleElement()
                    .satisfies(origin -> assertThat(origin.variables())
                            .isEqualTo(Map.of(
                                    "GPHOME", "/home/Ruby/om",
                                    "PGHOST", "/tmp/a b",
                                    "GAUSSHOME", "/home/Ruby/om/app",
                                    "GAUSSLOG", "/home/Ruby/log")));
        }

        @Test
        void takesWhatAProcessHasAsItStands() {
            GaussEnvironment environment = parse("""
                    source process etcd
                    root /var/chroot
                    GAUSSHOME=/a"b $HOME
                    source end
                    """);

            assertThat(environment.value("GAUSSHOME")).contains("/var/chroot/a\"b $HOME");
        }

        @Test
        void isUnusableWithoutAnySource() {
            assertThat(EnvironmentParser.parse(
                            aCapture("gauss-environment").text("GAUSSHOME=/x\n").build()))
                    .isEmpty();
        }
    }

    @Nested
    class TheMarkers {
        private static final String SAMPLE = JavadocSample.of(MarkersParser.class);

        private static MarkerFiles parse(String text) {
            return MarkersParser.parse(aCapture("markers").text(text).build()).orElseThrow();
        }

        @Test
        void areReadFromTheSample() {
            MarkerFiles markers = parse(SAMPLE);

            assertThat(markers.directories())
                    .containsExactly(
                            new Directory("/usr/local/core/app/bin", Directory.State.READABLE),
                            new Directory("/var/lib/log/Ruby/bin", Directory.State.ABSENT));
            MarkerFiles.Marker etcd = markers.named("etcd_manual_start").orElseThrow();
            assertThat(etcd.content()).isEqualTo("cm_agent");
            assertThat(etcd.path()).isEqualTo("/usr/local/core/app/bin/etcd_manual_start");
            assertThat(etcd.owner()).isEqualTo("Ruby");
            assertThat(etcd.mode()).isEqualTo(0600);
            assertThat(etcd.bytes()).isEqualTo(8);
            assertThat(etcd.modifiedAt()).isEqualTo(Instant.ofEpochSecond(1795395255));
            assertThat(etcd.source().firstLine()).isEqualTo(6);
            assertThat(etcd.source().lastLine()).isEqualTo(8);
            assertThat(markers.named("cluster_manual_start").orElseThrow().content())
                    .isEmpty();
        }

        @Test
        void areNotSaidToBeAbsentInADirectoryThatWasNotReadToItsEnd() {
            MarkerFiles cut = parse("directory /a/bin\nstate readable\nmarker etcd_man");

            assertThat(cut.looked()).isFalse();
            assertThat(cut.markers()).isEmpty();
        }

        @Test
        void keepADirectoryThatWasReadWhenTheNextOneIsBarred() {
            MarkerFiles markers = parse("directory /a/bin\nstate readable\ndirectory /b/bin\nstate unreadable\nend\n");

            assertThat(markers.looked()).isTrue();
            assertThat(markers.directories().getLast().state()).isEqualTo(Directory.State.UNREADABLE);
        }

        @Test
        void areUnusableWithoutADirectory() {
            assertThat(MarkersParser.parse(aCapture("markers").text("end\n").build()))
                    .isEmpty();
        }
    }

    @Nested
    class TheExecutable {
        private static final String SAMPLE = JavadocSample.of(ExecutableParser.class);

        private static ExecutableFact parse(String text) {
            return ExecutableParser.parse(aCapture("executable").text(text).build())
                    .orElseThrow();
        }

        @Test
        void isReadFromTheSample() {
            ExecutableFact fact = parse(SAMPLE);

            assertThat(fact.path()).isEqualTo("/usr/local/core/app/bin/etcd");
            assertThat(fact.state()).isEqualTo(ExecutableFact.State.PRESENT);
            assertThat(fact.file().orElseThrow())
                    .isEqualTo(new ExecutableFact.FileFact(
                            0700, "Ruby", "dbgrp", 23564288, Instant.ofEpochSecond(1795395255), "regular file"));
            assertThat(fact.executableByUs()).isTrue();
            assertThat(fact.elf()).contains(true);
            assertThat(fact.observer()).isEqualTo("Ruby");
        }

        @ParameterizedTest
        @CsvSource({"magic  23 21 2f 62, false", "'magic ', ", "magic  7f 45, false"})
        void isToldFromAScriptAndFromOneThatMayNotBeRead(String magic, Boolean elf) {
            assertThat(parse(SAMPLE.replaceFirst("magic .*", magic)).elf().orElse(null))
                    .isEqualTo(elf);
        }

        @Test
        void isNoProgramWhenEmpty() {
            String empty = SAMPLE.replaceFirst("magic .*", "magic ").replace("23564288", "0");

            assertThat(parse(empty).elf()).contains(false);
        }

        @ParameterizedTest
        @CsvSource({"absent, ABSENT", "dangling, DANGLING_LINK", "no-directory, NO_DIRECTORY", "unreadable, UNREADABLE"
        })
        void hasAStateWhenItIsNotThere(String word, ExecutableFact.State state) {
            ExecutableFact fact = parse("path /x/bin/etcd\nstate " + word + "\nuser Ruby\n");

            assertThat(fact.state()).isEqualTo(state);
            assertThat(fact.file()).isEmpty();
            assertThat(fact.executableByUs()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "path /x\n", "state present\n", "path /x\nstate 存在\n"})
        void isUnusableWithoutPathAndState(String text) {
            assertThat(ExecutableParser.parse(aCapture("executable").text(text).build()))
                    .isEmpty();
        }
    }

    @Nested
    class TheSchedule {
        private static final String SAMPLE = JavadocSample.of(ScheduleParser.class);

        private static Schedule parse(String text, String error) {
            return ScheduleParser.parse(
                            aCapture("scheduler").text(text).stderr(error).build())
                    .orElseThrow();
        }

        @Test
        void isReadFromTheSample() {
            Schedule schedule = parse(SAMPLE, "");

            assertThat(schedule.present()).isTrue();
            assertThat(schedule.omMonitorEntry().orElseThrow())
                    .startsWith("*/1 * * * *")
                    .contains("om_monitor");
        }

        @ParameterizedTest
        @ValueSource(strings = {"#*/1 * * * * om_monitor", "  # om_monitor", "MONITOR=om_monitor", "0 1 * * * backup"})
        void hasNoEntryInACommentOrAVariable(String line) {
            assertThat(parse(line + "\nexit 0\n", "").omMonitorEntry()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"@reboot /x/om_monitor", "*/1 * * * * om_monitor", "  0-59 * * * * om_monitor"})
        void hasAnActiveEntry(String line) {
            assertThat(parse(line + "\nexit 0\n", "").omMonitorEntry()).contains(line);
        }

        @Test
        void isAbsentWhenTheUserHasNone() {
            Schedule schedule = parse("exit 1\nMax open files  1024  unlimited  files\n", "no crontab for Ruby\n");

            assertThat(schedule).isEqualTo(new Schedule(false, java.util.Optional.empty()));
        }

        @Test
        void isUnusableWhenRefusedOrCut() {
            var refused = aCapture("scheduler")
                    .text("exit 1\n")
                    .stderr("You (Ruby) are not allowed to use this program (crontab)\n");
            assertThat(ScheduleParser.parse(refused.build())).isEmpty();
            assertThat(ScheduleParser.parse(
                            aCapture("scheduler").text("* * * * * om_monitor\n").build()))
                    .isEmpty();
        }
    }

    @Nested
    class TheLogDirectory {
        private static final String SAMPLE = JavadocSample.of(LogDirectoryParser.class);

        private static LogDirectory parse(String text) {
            return LogDirectoryParser.parse(aCapture("log-directory").text(text).build())
                    .orElseThrow();
        }

        @Test
        void isReadFromTheSample() {
            LogDirectory directory = parse(SAMPLE);

            assertThat(directory.path()).isEqualTo("/var/lib/log/Ruby/cm/etcd");
            assertThat(directory.state()).isEqualTo(Directory.State.READABLE);
            assertThat(directory.files()).hasSize(3);
            assertThat(directory.files().getFirst())
                    .isEqualTo(new LogFile("etcd-current.log", 3498470, Instant.ofEpochSecond(1795394290, 203697599)));
            assertThat(directory.files().getLast().compressed()).isTrue();
        }

        @Test
        void putsTheNewestFirstAndPassesOverDamage() {
            LogDirectory directory =
                    parse("directory /x\nstate readable\n1.5 1 old\n179\n9.5 2 a name\nx y z\n7.5 -3 n\n");

            assertThat(directory.files()).extracting(LogFile::name).containsExactly("a name", "old");
        }

        @ParameterizedTest
        @CsvSource({"absent, ABSENT", "unreadable, UNREADABLE"})
        void saysWhyItCouldNotBeRead(String word, Directory.State state) {
            assertThat(parse("directory /x\nstate " + word + "\nend\n").state()).isEqualTo(state);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "directory /x\n", "state readable\nend\n"})
        void isUnusableWithoutItsHead(String text) {
            assertThat(LogDirectoryParser.parse(
                            aCapture("log-directory").text(text).build()))
                    .isEmpty();
        }
    }

    @Nested
    class TheDiskConsumers {
        private static final String SAMPLE = JavadocSample.of(DiskConsumersParser.class);

        @Test
        void areReadFromTheSample() {
            var capture = aCapture("disk-consumers").text(SAMPLE).build();
            DiskConsumers consumers = DiskConsumersParser.parse(capture).orElseThrow();

            assertThat(consumers.files())
                    .containsExactly(
                            new BigFile(
                                    53687091200L,
                                    "root",
                                    "/usr/local/backup/old dump.tar",
                                    Source.line(capture.id(), 2)),
                            new BigFile(
                                    67108864, "Ruby", "/usr/local/etcd/member/snap/db", Source.line(capture.id(), 3)));
            assertThat(consumers.directories())
                    .containsExactly(
                            new FullDirectory(120034, "/usr/local/tmp/spool", Source.line(capture.id(), 5)),
                            new FullDirectory(39, "/usr/local/etcd/member/wal", Source.line(capture.id(), 6)));
        }

        @Test
        void areGivenAsFarAsTheyGo() {
            var cut = aCapture("disk-consumers")
                    .text("files\n99 0 root /x\n98 0 ro")
                    .build();

            assertThat(DiskConsumersParser.parse(cut).orElseThrow().files()).hasSize(1);
            assertThat(DiskConsumersParser.parse(
                            aCapture("disk-consumers").text("find: nope\n").build()))
                    .isEmpty();
        }
    }

    @Test
    void aLineOfStatIsReadInOctal() {
        assertThat(StatLine.parse("stat 4755 a b 1 2 directory").orElseThrow().mode())
                .isEqualTo(04755);
        assertThat(List.of("stat 798 a b 1 2 d", "stat: cannot statx '/x'", "stat 700 a b x 2 d", "stat 700 a"))
                .allSatisfy(line -> assertThat(StatLine.parse(line)).isEmpty());
    }
}
