package org.etcdmedic.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.etcdmedic.evidence.EvidenceFixtures.aCapture;

import java.util.List;
import java.util.OptionalLong;
import org.etcdmedic.evidence.DataDirectory.Entry;
import org.etcdmedic.evidence.DataDirectory.State;
import org.etcdmedic.evidence.DataDirectory.Use;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryParserTest {
    private static final String SAMPLE = JavadocSample.of(DataDirectoryParser.class);

    private static DataDirectory parse(String text) {
        return DataDirectoryParser.parse(aCapture("data-directory").text(text).build())
                .orElseThrow();
    }

    @Test
    void readsTheSample() {
        DataDirectory directory = parse(SAMPLE);

        assertThat(directory.path()).isEqualTo("/usr/local/etcd");
        assertThat(directory.observer()).isEqualTo("Ruby");
        assertThat(directory.state()).isEqualTo(State.DIRECTORY);
        assertThat(directory.databaseBytes()).isEqualTo(OptionalLong.of(20971520));
        assertThat(directory.ownKilobytes()).isEqualTo(OptionalLong.of(69632));
        Use blocks = directory.blocks().orElseThrow();
        assertThat(blocks.fileSystem()).isEqualTo("/dev/vdb2");
        assertThat(blocks.available()).isEqualTo(56100184);
        assertThat(blocks.percent()).isEqualTo(10);
        assertThat(blocks.source().firstLine()).isEqualTo(15);
        assertThat(directory.inodes().orElseThrow().used()).isEqualTo(60112);
        assertThat(directory.mountPoint()).contains("/usr/local");
        assertThat(directory.mount().orElseThrow().readOnly()).isFalse();
        assertThat(directory.mount().orElseThrow().options()).containsExactly("rw", "noatime");
        assertThat(directory.expectedMounts()).hasSize(1);
    }

    @Test
    void readsAnEntryAndTheComplaintInPlaceOfOne() {
        Entry self = parse(SAMPLE).self().orElseThrow();
        Entry member = parse(SAMPLE).entries().getLast();

        assertThat(self.file().orElseThrow().mode()).isEqualTo(0700);
        assertThat(List.of(self.readable(), self.writable(), self.searchable())).containsOnly(true);
        assertThat(self.source().lastLine()).isEqualTo(8);
        assertThat(member.file()).isEmpty();
        assertThat(member.error()).isEqualTo("Permission denied");
        assertThat(member.readable()).isFalse();
        assertThat(member.source().lastLine()).isEqualTo(10);
    }

    @Test
    void readsHeadingsInAnyLanguageAndNamesWithBlanks() {
        DataDirectory directory = parse(SAMPLE.replaceAll("Filesystem.*", "文件系统 1K-块 已用 可用 已用% 挂载点")
                .replace("/dev/vdb2         65531436", "//nas/gauss db 65531436"));

        assertThat(directory.blocks().orElseThrow().fileSystem()).isEqualTo("//nas/gauss db");
        assertThat(directory.blocks().orElseThrow().total()).isEqualTo(65531436);
    }

    @Test
    void countsNothingWhereTheFileSystemCountsNothing() {
        DataDirectory directory =
                parse(SAMPLE.replaceFirst("/dev/vdb2 +4194304 60112 4134192 +2%", "/dev/vdb2 0 0 0 -"));

        assertThat(directory.inodes().orElseThrow().total()).isZero();
        assertThat(directory.inodes().orElseThrow().percent()).isZero();
    }

    @Test
    void believesInNoMountPointWhereDfWasSilent() {
        DataDirectory silent = parse("""
                path /usr/local/etcd
                user Ruby
                state directory
                own-kilobytes\s
                blocks
                df: /usr/local/etcd: Input/output error
                inodes
                mount-point /
                mounts
                /dev/vda / ext4 rw
                fstab
                end
                """);

        assertThat(silent.blocks()).isEmpty();
        assertThat(silent.mountPoint()).isEmpty();
        assertThat(silent.mounts()).isEmpty();
        assertThat(silent.ownKilobytes()).isEmpty();
    }

    @Test
    void seesAMountThatIsReadOnlyAndCoversAnother() {
        DataDirectory directory = parse(SAMPLE.replace(
                "/dev/vdb2 /usr/local ext4 rw,noatime", "overlay /usr/local overlay rw\n/dev/vdb2 /usr/local ext4 ro"));

        assertThat(directory.mounts()).hasSize(2);
        assertThat(directory.mount().orElseThrow().readOnly()).isTrue();
    }

    @Test
    void givesWhatIsThereOfATextThatWasCut() {
        DataDirectory cut = parse(SAMPLE.substring(0, SAMPLE.indexOf("writable")));

        assertThat(cut.self().orElseThrow().readable()).isTrue();
        assertThat(cut.self().orElseThrow().writable()).isFalse();
        assertThat(cut.blocks()).isEmpty();
        assertThat(cut.expectedMounts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "path /x\n", "state directory\n", "path /x\nstate 目录\n"})
    void isUnusableWithoutPathAndState(String text) {
        assertThat(DataDirectoryParser.parse(
                        aCapture("data-directory").text(text).build()))
                .isEmpty();
    }
}
