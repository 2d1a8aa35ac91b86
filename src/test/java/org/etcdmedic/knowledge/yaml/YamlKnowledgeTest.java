package org.etcdmedic.knowledge.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.InvalidKnowledge;
import org.etcdmedic.knowledge.Knowledge;
import org.etcdmedic.knowledge.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlKnowledgeTest {
    private static final String FULL = "causes/DISK_FULL.yaml";
    private static final String DOWN = "causes/PROCESS_DOWN.yaml";
    private static final String FINDING = "findings/disk-full.yaml";
    private static final String SIGNATURE = "signatures/no-space.yaml";
    private static final String STEP = "remediation/free-space.yaml";
    private static final String PHRASE = "phrases/why.yaml";

    private static SortedMap<String, String> sound() {
        var files = new TreeMap<String, String>();
        files.put(FULL, """
                code: DISK_FULL
                family: PROCESS
                rank: 10
                title: {en: Disk full, zh-CN: 磁盘满}
                summary:
                  en: The disk of node {{node}} is full.
                  zh-CN: 节点 {{node}} 的磁盘已满。
                needs: [P1, P4]
                explains: [PROCESS_DOWN]
                remediation: [free-space]
                source: runbook row P4
                onlyByEndingEtcd: false
                """);
        files.put(DOWN, """
                code: PROCESS_DOWN
                family: PROCESS
                rank: 20
                title: {en: Process down, zh-CN: 进程不在}
                summary: {en: It is down., zh-CN: 进程不在。}
                explains: []
                remediation: [free-space]
                source: runbook row P1
                onlyByEndingEtcd: true
                """);
        files.put(FINDING, """
                id: disk-full
                check: P4
                variables: [percent]
                statement:
                  en: "{{node}} uses {{percent}} %."
                  zh-CN: "{{node}} 已使用 {{percent}}%。"
                supports: {DISK_FULL: 0.95}
                refutes: [PROCESS_DOWN]
                source: df(1)
                """);
        files.put(SIGNATURE, """
                id: no-space
                programs: [ETCD]
                check: P4
                kind: FATAL
                about: SELF
                versions: all
                patterns:
                  - message: '^write (?<file>\\S+): no space left'
                statement:
                  en: No space for {{file}}.
                  zh-CN: "{{file}} 没有空间。"
                supports: {DISK_FULL: 0.9}
                source: wal.go
                match:
                  - '2021-04-09 10:57:40.112936 C | wal: write a.wal: no space left on device'
                noMatch:
                  - '2021-04-09 10:57:40.112936 C | wal: write a.wal: input/output error'
                """);
        files.put(STEP, """
                id: free-space
                action: {en: Free space., zh-CN: 清理空间。}
                command: df {{mountPoint}}
                actor: DBA
                risk: READ_ONLY
                verify: {en: There is space., zh-CN: 有空间。}
                """);
        files.put(PHRASE, """
                id: why
                variables: []
                text: {en: "This is why. ", zh-CN: 为什么}
                """);
        return files;
    }

    @Test
    void readsSoundFiles() {
        Knowledge knowledge = YamlKnowledge.read(sound());
        var full = new CauseCode("DISK_FULL");
        assertThat(knowledge.causes()).extracting("code").containsExactly(full, new CauseCode("PROCESS_DOWN"));
        assertThat(knowledge.cause(full).summary().zhCn()).isEqualTo("节点 {{node}} 的磁盘已满。");
        assertThat(knowledge.finding("disk-full").supports()).containsExactly(java.util.Map.entry(full, 0.95));
        assertThat(knowledge.signatures())
                .singleElement()
                .extracting(Signature::kind)
                .isEqualTo(Signature.Kind.FATAL);
        assertThat(knowledge.remediation("free-space").command()).contains("df {{mountPoint}}");
    }

    @Test
    void changesItsVersionWithAnyFile() {
        String version = YamlKnowledge.read(sound()).version();
        SortedMap<String, String> changed = sound();
        changed.merge(STEP, "# a remark\n", String::concat);
        assertThat(YamlKnowledge.read(sound()).version()).isEqualTo(version);
        assertThat(YamlKnowledge.read(changed).version()).isNotEqualTo(version);
    }

    /** In this file this text becomes that one, and the problem told begins and ends so. */
    record Mistake(String file, String text, String becomes, String begins, String contains) {}

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(FULL, "rank: 10", "rank: 10\nranks: 10", FULL + ":4: ranks: ", "unknown key"),
                new Mistake(
                        FINDING,
                        "source:",
                        "subject: {aspect: space, names: [mount]}\nsource:",
                        FINDING + ":",
                        "the finding has no variable mount"),
                new Mistake(
                        FINDING,
                        "source:",
                        "subject: {aspect: No Space, names: []}\nsource:",
                        FINDING + ":",
                        "an aspect is lower-case words"),
                new Mistake(
                        FINDING,
                        "source:",
                        "subject: space\nsource:",
                        FINDING + ":",
                        "an aspect and names are expected"),
                new Mistake(FULL, "rank: 10", "rank: ten", FULL + ":3: rank: ", "not a whole number"),
                new Mistake(FULL, "rank: 10", "rank: 10\nrank: 11", FULL + ":4: ", "stands here twice"),
                new Mistake(
                        FULL,
                        "family: PROCESS",
                        "family: PROCES",
                        FULL + ":2: family: ",
                        "did you mean PROCESS?; allowed here: [NETWORK, "),
                new Mistake(FULL, ", zh-CN: 磁盘满}", "}", FULL + ":4: zh-CN: ", "missing"),
                new Mistake(FULL, "zh-CN: 磁盘满", "zh-CN: Disk full", FULL + ":4: zh-CN: ", "not translated"),
                new Mistake(FULL, "{en: Disk full", "{en: Disk 满", FULL + ":4: en: ", "is not English"),
                new Mistake(FULL, "节点 {{node}} 的", "", FULL + ":7: summary.zh-CN: ", "other values than en"),
                new Mistake(SIGNATURE, "{{file}} 没有", "没有", SIGNATURE + ":11: statement.zh-CN: ", "other values"),
                new Mistake(STEP, "en: There is space.", "en: \"There is space on {{node}}.\"", STEP, "other values"),
                new Mistake(FULL, "zh-CN: 磁盘满", "zh-CN: 磁盘满, fr: plein", FULL + ":4: fr: ", "unknown key"),
                new Mistake(FULL, "code: DISK_FULL", "code: DISC_FULL", FULL + ":1: code: ", "file's name"),
                new Mistake(FULL, "is full.", "is full at {{percent}}.", FULL + ":6: summary.en: ", "percent"),
                new Mistake(FULL, "is full.", "is full {{percent.", FULL + ":6: summary.en: ", "not a template"),
                new Mistake(FULL, "[P1, P4]", "[P1, X4]", FULL + ":8: needs: ", "X4"),
                new Mistake(
                        FULL,
                        "explains: [PROCESS_DOWN]",
                        "explains: [PROCESS_UP]",
                        FULL + ":9: explains: ",
                        "no PROCESS_UP"),
                new Mistake(
                        FULL,
                        "remediation: [free-space]",
                        "remediation: [pray]",
                        FULL + ":10: remediation: ",
                        "no pray"),
                new Mistake(
                        FULL, "remediation: [free-space]", "remediation: []", FULL + ":10: remediation: ", "missing"),
                new Mistake(
                        FULL,
                        "remediation: [free-space]",
                        "remediation: free-space",
                        FULL + ":10: remediation: ",
                        "list"),
                new Mistake(DOWN, "Etcd: true", "Etcd: maybe", DOWN + ":9: onlyByEndingEtcd: ", "true or false"),
                new Mistake(DOWN, "explains: []", "explains: [DISK_FULL]", DOWN + ":6: explains: ", "explains itself"),
                new Mistake(FINDING, "id: disk-full", "id: disk-fool", FINDING + ":1: id: ", "file's name"),
                new Mistake(FINDING, "check: P4", "check: Q4", FINDING + ":2: check: ", "Q4"),
                new Mistake(
                        FINDING,
                        "variables: [percent]",
                        "variables: [percents]",
                        FINDING + ":5: statement.en: ",
                        "percent"),
                new Mistake(FINDING, "DISK_FULL: 0.95", "DISK_FULL: 1.95", FINDING + ":7: DISK_FULL: ", "at most 1"),
                new Mistake(FINDING, "DISK_FULL: 0.95", "DISK_FULL: 0", FINDING + ":7: DISK_FULL: ", "greater than 0"),
                new Mistake(FINDING, "DISK_FULL: 0.95", "DISK_FOOL: 0.95", FINDING + ":7: supports: ", "no DISK_FOOL"),
                new Mistake(
                        FINDING, "refutes: [PROCESS_DOWN]", "refutes: [DISK_FULL]", FINDING + ":8: refutes: ", "both"),
                new Mistake(
                        FINDING,
                        "refutes: [PROCESS_DOWN]",
                        "refutes: [disk full]",
                        FINDING + ":8: refutes: ",
                        "not a cause code"),
                new Mistake(FINDING, "source: df(1)", "", FINDING + ":1: source: ", "missing"),
                new Mistake(SIGNATURE, "[ETCD]", "[ETCT]", SIGNATURE + ":2: programs: ", "ETCT"),
                new Mistake(SIGNATURE, "(?<file>", "(?<file", SIGNATURE + ":8: message: ", "does not compile"),
                new Mistake(SIGNATURE, "\\S+):", "(?:\\S+)+):", SIGNATURE + ":8: patterns: ", "repeats a repetition"),
                new Mistake(
                        SIGNATURE,
                        "write (?<file>\\S+): no space left",
                        "(?<file>\\S+):",
                        SIGNATURE + ":8: patterns: ",
                        "no fixed word"),
                new Mistake(SIGNATURE, "No space for", "No {{size}} for", SIGNATURE + ":10: statement.en: ", "size"),
                new Mistake(
                        SIGNATURE,
                        "(?<file>\\S+):",
                        "(?<file>b)?\\S+:",
                        SIGNATURE + ":10: statement: ",
                        "cannot be told"),
                new Mistake(
                        SIGNATURE, "C | wal: write a", "C | wal: read a", SIGNATURE + ":15: match: ", "is not matched"),
                new Mistake(
                        SIGNATURE, "input/output error", "no space left", SIGNATURE + ":17: noMatch: ", "is matched"),
                new Mistake(
                        SIGNATURE,
                        "versions: all",
                        "versions: all\nnarrows: [other]",
                        SIGNATURE + ":7: narrows: ",
                        "no other"),
                new Mistake(FULL, "rank: 10", "ranke: 10", FULL + ":3: ranke: ", "did you mean rank?"),
                new Mistake(
                        FULL,
                        "rank: 10",
                        "rank: 10\ndecidedBy: [{check: Q4, probe: markers}]",
                        FULL + ":4: decidedBy: ",
                        "no row"),
                new Mistake(
                        FULL,
                        "rank: 10",
                        "rank: 10\ndecidedBy: [{check: P4, prob: markers}]",
                        FULL + ":4: prob: ",
                        "did you mean probe?"),
                new Mistake(FULL, "rank: 10", "rank: 10\nbyHand: pray", FULL + ":4: byHand: ", "there is no pray"),
                new Mistake(
                        FULL,
                        "rank: 10",
                        "rank: 30",
                        FULL + ":9: explains: ",
                        "comes before 30; a cause is repaired before its effects"),
                new Mistake(
                        DOWN,
                        "explains: []",
                        "explains: [DISK_FULL]",
                        DOWN + ":6: explains: ",
                        "explains itself: PROCESS_DOWN -> DISK_FULL -> PROCESS_DOWN"),
                new Mistake(FINDING, "check: P4", "check: P4\ncovers: [B77]", FINDING + ":3: covers: ", "no row"),
                new Mistake(
                        PHRASE,
                        "variables: []",
                        "variables: [a]\nvariable: b",
                        PHRASE + ":3: variable: ",
                        "variables?"),
                new Mistake(PHRASE, "why. ", "why {{reason}}. ", PHRASE + ":3: text.en: ", "reason"),
                new Mistake(PHRASE, "为什么", "why", PHRASE + ":3: zh-CN: ", "not translated"),
                new Mistake(STEP, "actor: DBA", "actor: DBB", STEP + ":4: actor: ", "DBB"),
                new Mistake(STEP, "df {{mountPoint}}", "df {{mountpoint}}", STEP + ":3: command: ", "mountpoint"),
                new Mistake(STEP, "id: free-space\n", "- ", STEP + ":1: ", "keys with values"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void refusesAMistakeByFileLineAndKey(Mistake mistake) {
        SortedMap<String, String> files = sound();
        files.computeIfPresent(mistake.file(), (file, content) -> {
            String changed = mistake.text().startsWith("id: free")
                    ? "- a\n"
                    : content.replace(mistake.text(), mistake.becomes());
            assertThat(changed).isNotEqualTo(content);
            return changed;
        });
        InvalidKnowledge refusal = catchThrowableOfType(InvalidKnowledge.class, () -> YamlKnowledge.read(files));
        assertThat(refusal).isNotNull();
        assertThat(refusal.problems())
                .anySatisfy(problem -> assertThat(withoutColumn(problem))
                        .startsWith(mistake.begins())
                        .contains(mistake.contains()));
    }

    private static String withoutColumn(String problem) {
        assertThat(problem).matches("(?s)[^:]+:\\d+:\\d+: .+");
        return problem.replaceFirst("^([^:]+:\\d+):\\d+: ", "$1: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ranks: 10 | causes/DISK_FULL.yaml:3:1: ranks: unknown key; did you mean rank?",
                "rank: ten | causes/DISK_FULL.yaml:3:7: rank: not a whole number: ten",
            })
    void namesTheColumnToo(String becomes, String problem) {
        SortedMap<String, String> files = sound();
        files.computeIfPresent(FULL, (file, content) -> content.replace("rank: 10", becomes));
        assertThat(refusal(files).problems())
                .anySatisfy(told -> assertThat(told).startsWith(problem));
    }

    private static InvalidKnowledge refusal(SortedMap<String, String> files) {
        InvalidKnowledge refusal = catchThrowableOfType(InvalidKnowledge.class, () -> YamlKnowledge.read(files));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    @Test
    void tellsByteOrderMarksAndTabsByTheirPlace() {
        SortedMap<String, String> files = sound();
        files.computeIfPresent(FULL, (file, content) -> "\uFEFF" + content);
        files.computeIfPresent(DOWN, (file, content) -> content + "notes:\n  - a\n\t- b\n");
        files.computeIfPresent(FINDING, (file, content) -> content + "]\n");
        assertThat(refusal(files).problems())
                .anySatisfy(told -> assertThat(told).startsWith(FULL + ":1:1: ").contains("byte order mark"))
                .anySatisfy(
                        told -> assertThat(told).startsWith(DOWN + ":12:1: ").contains("tab"))
                .anySatisfy(told -> assertThat(told).startsWith(FINDING + ":9:").contains("not YAML"));
    }

    /** One wrong file keeps no other one from being checked, and what refers to it is not called dangling. */
    @Test
    void goesOnWithTheOtherFilesPastOneThatCannotBeRead() {
        SortedMap<String, String> files = sound();
        files.put(STEP, "{");
        files.computeIfPresent(FINDING, (file, content) -> content.replace("DISK_FULL: 0.95", "DISK_FOOL: 0.95"));
        assertThat(refusal(files).problems())
                .hasSize(2)
                .anySatisfy(told -> assertThat(told).startsWith(STEP + ":1:"))
                .anySatisfy(told -> assertThat(told).contains("there is no DISK_FOOL; did you mean DISK_FULL?"));
    }

    @Test
    void refusesTwoCausesOfOneRankAndOneIdForTwoThings() {
        SortedMap<String, String> files = sound();
        files.computeIfPresent(DOWN, (file, content) -> content.replace("rank: 20", "rank: 10"));
        files.put("findings/no-space.yaml", files.getOrDefault(FINDING, "").replace("id: disk-full", "id: no-space"));
        assertThat(refusal(files).problems())
                .anySatisfy(told -> assertThat(told).startsWith(DOWN + ":3:7: rank: 10 is the rank of DISK_FULL"))
                .anySatisfy(told ->
                        assertThat(told).startsWith(SIGNATURE + ":1:5: id: ").contains("findings too"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -- {{path}}",
                "df; chmod 700 {{path}}",
                "systemctl enable --now crond",
                "systemctl --now restart crond",
                "iptables -t filter -D INPUT 3",
                "iptables -F",
                "nft delete rule inet filter input handle 4",
                "cm_ctl stop -n 1",
                "cm_ctl switchover -a",
                "gs_om -t restart",
                "crontab -r",
                "sysctl -w vm.swappiness=1",
                "sed -i s/a/b/ {{path}}",
                "echo 1 > {{path}}",
                "pgrep -x etcd || mount {{mountPoint}}",
                "kill {{pid}}",
                "sudo reboot now"
            })
    void refusesAReadOnlyStepWhoseCommandChangesSomething(String command) {
        SortedMap<String, String> files = sound();
        files.computeIfPresent(STEP, (file, content) -> content.replace("df {{mountPoint}}", "'" + command + "'"));
        assertThat(refusal(files).problems())
                .singleElement()
                .satisfies(told ->
                        assertThat(told).startsWith(STEP + ":3:10: command: ").contains("READ_ONLY"));
        files.computeIfPresent(STEP, (file, content) -> content.replace("risk: READ_ONLY", "risk: DISRUPTIVE"));
        assertThat(YamlKnowledge.read(files).remediation("free-space").command())
                .contains(command);
    }

    @Test
    void tellsAllMistakesAtOnce() {
        SortedMap<String, String> files = sound();
        files.computeIfPresent(FULL, (file, content) -> content.replace("rank: 10", "rank: ten"));
        files.computeIfPresent(FINDING, (file, content) -> content.replace("0.95", "2"));
        files.computeIfPresent(STEP, (file, content) -> content.replace("DBA", "DBB"));
        files.put("notes/todo.yaml", "a: b\n");
        assertThatExceptionOfType(InvalidKnowledge.class)
                .isThrownBy(() -> YamlKnowledge.read(files))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .hasSize(4)
                        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                        .isEqualTo(List.of(FULL, FINDING, "notes/todo.yaml", STEP)));
    }
}
