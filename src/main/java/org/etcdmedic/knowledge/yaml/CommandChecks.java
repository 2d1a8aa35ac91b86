package org.etcdmedic.knowledge.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.etcdmedic.knowledge.Remediation;

/** A command that changes something must not stand in a step that says it changes nothing. */
final class CommandChecks {
    /** Programs and arguments that write, stop, start or remove. */
    private static final Pattern WRITES = Pattern.compile("(?:^|[;&|(]\\s*|sudo\\s+|\\s)(?<word>"
            + "(?:rm|mv|cp|dd|tee|truncate|chmod|chown|chattr|kill|killall|pkill|mount|umount|mkdir|touch|ln|reboot|shutdown)\\s"
            + "|systemctl\\s+(?:(?:-\\S+|--now)\\s+)*(?:start|stop|restart|reload|enable|disable|kill|mask)"
            + "|(?:iptables|ip6tables)\\s+(?:-t\\s+\\S+\\s+)?-[ADIRFXPZ]\\b"
            + "|nft\\s+(?:add|insert|delete|flush|replace|destroy)"
            + "|crontab\\s+-[er]|sysctl\\s+-w|sed\\s+-i"
            + "|cm_ctl\\s+(?:start|stop|restart|switchover|build|set|disable|enable|finishredo|ddb)"
            + "|gs_om\\s+-t\\s+(?:start|stop|restart)|gs_ctl\\s+(?:start|stop|restart|build|switchover|failover))"
            + "|(?<redirect>(?<![0-9&])>{1,2}\\s*(?!&|/dev/null)\\S+)");

    private CommandChecks() {}

    static void run(KnowledgeFile file, Remediation step) {
        if (step.risk() != Remediation.Risk.READ_ONLY || step.command().isEmpty()) {
            return;
        }
        Matcher writing = WRITES.matcher(step.command().get());
        if (writing.find()) {
            String word = writing.group("word") == null ? writing.group("redirect") : writing.group("word");
            file.problem(
                    "command",
                    "changes something (" + word.strip()
                            + "), but the risk is READ_ONLY; allowed with it: SAFE or DISRUPTIVE");
        }
    }
}
