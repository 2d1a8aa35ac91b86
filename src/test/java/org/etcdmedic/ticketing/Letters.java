package org.etcdmedic.ticketing;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.ticketing.target.Ending;
import org.etcdmedic.ticketing.target.Letter;
import org.etcdmedic.ticketing.target.Severity;

/** Letters to try targets with. */
public final class Letters {
    public static final Instant AT = Instant.parse("2026-11-22T10:42:00Z");

    /** What a node could write to call people, to link somewhere, or to break the text around it. */
    public static final List<String> HOSTILE = List.of(
            "@all @channel @here @admin <!channel> <!everyone> <@U123> <at id=all></at> <at user_id=\"all\">x</at> <@zhang>",
            "https://evil.example/x www.evil.example mailto:a@evil.example ftp://evil.example irc://evil.example/x",
            "[click](https://evil.example) ![x](https://evil.example/x.png) [click|https://evil.example] !https://evil.example/x.png! [~admin] [^file]",
            "**b** __b__ *b* _i_ ~~s~~ ~s~ `c` ``` {code}x{code} {noformat} {color:red}x{color} bq. {quote} ||h|| |c| {{m}} -s- +u+ ^s^ ??c??",
            "#12 !34 $56 ~label %1 &7 GH-9 etcd/etcd#3 ^alert#4 fixes #1 8e9e05c52164694d [vulnerability:1] :smile: :) (!) (/)",
            "</p><script>alert(1)</script><font color=\"warning\">x</font> &lt;b&gt; &#64;all [code]<b>x</b>[/code] <!-- x -->",
            "\\ \\\\ \\* \"quoted\" {{title}} /close /assign @me ' $(id) `id`",
            "磁盘已满 😀 ＠所有人");

    private static final UUID ID = UUID.fromString("019b0000-0000-7000-8000-000000000001");

    private Letters() {}

    /** A usual one. */
    public static Letter usual(Locale language, Letter.Event event, int revision) {
        boolean chinese = language.getLanguage().equals("zh");
        return of(
                language,
                event,
                revision,
                chinese
                        ? "已确认：etcd 进程未运行（orders-1，node-2）"
                        : "Confirmed: the etcd process is not running (orders-1, node-2)",
                chinese ? "节点 node-2 上没有 etcd 进程。" : "There is no etcd process on node-2.",
                chinese ? List.of("node-2 上没有名为 etcd 的进程") : List.of("No process named etcd runs on node-2"),
                chinese ? List.of("node-3：SSH 拒绝连接") : List.of("node-3: SSH refuses the connection"));
    }

    /** One in which everything that can come from a node is this. */
    public static Letter saying(String text) {
        return of(Locale.ENGLISH, Letter.Event.COMPLETED, 2, text, text, List.of(text), List.of(text));
    }

    /** One of so many facts. */
    public static Letter ofFacts(Locale language, int facts, String fact) {
        return of(
                language, Letter.Event.COMPLETED, 1, fact, fact, java.util.Collections.nCopies(facts, fact), List.of());
    }

    private static Letter of(
            Locale language,
            Letter.Event event,
            int revision,
            String title,
            String summary,
            List<String> facts,
            List<String> notLooked) {
        boolean chinese = language.getLanguage().equals("zh");
        Optional<String> changed = revision == 1
                ? Optional.empty()
                : Optional.of(
                        event == Letter.Event.CLEARED
                                ? chinese ? "告警已清除。" : "The alarm has been cleared."
                                : chinese ? "同一原因再次出现。" : "The same cause once more.");
        return new Letter(
                event,
                ID,
                revision,
                language,
                new Letter.Matter(
                        ID,
                        "orders-1",
                        "node-1",
                        Optional.of("node-2"),
                        Severity.CRITICAL,
                        Ending.CONFIRMED,
                        Optional.of("PROCESS"),
                        Optional.of("ETCD_PROCESS_DOWN"),
                        Remediation.Actor.DBA,
                        AT,
                        AT.plusSeconds(40)),
                new Letter.Words(
                        title,
                        summary,
                        "DBA",
                        chinese ? "紧急" : "critical",
                        facts,
                        List.of(new Letter.StepWords(
                                chinese ? "启动 etcd" : "Start etcd",
                                "DBA",
                                chinese ? "低风险" : "low risk",
                                Optional.of("etcdctl --endpoints=https://10.0.0.2:2379 endpoint health"),
                                chinese ? "节点应为健康" : "the node is healthy")),
                        notLooked,
                        changed,
                        title + "\n" + summary,
                        "# " + title),
                new Letter.Links(
                        Optional.of("https://medic.example/cases/" + ID), Optional.of("https://medic.example/report")));
    }
}
