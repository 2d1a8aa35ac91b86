package org.etcdmedic.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds what in a shell script would change something on a node. Rather too strict than too kind. */
final class WritingWords {
    private static final Pattern WORD = Pattern.compile("(?<![\\w./$-])(?:"
            + "rm|rmdir|unlink|mv|cp|ln|tee|touch|mkdir|mkfifo|mknod|mktemp|install|truncate|shred|split|rsync|scp"
            + "|chmod|chown|chgrp|setfacl|chattr|kill|pkill|killall|skill|fuser|renice|mount|umount|swapon|swapoff"
            + "|mkfs\\S*|fsck\\S*|reboot|shutdown|halt|poweroff|init|telinit|service|chkconfig|useradd|usermod|userdel"
            + "|passwd|ip6?tables(?:-restore)?|nft(?!\\s+-a\\s+list\\s+ruleset\\b)|firewall-cmd|nohup|at|batch|eval|perl|python3?|awk|ed|vi|vim|patch"
            + "|bzip2|xz|gunzip|curl|wget|nc|ssh|su|sudo|etcdctl"
            + "|gzip(?!\\s+-\\w*c)|sed\\s+(?:-\\w*i|--in-place)|dd(?=[^;|]*\\bof=)|sysctl\\s+-w|date\\s+-s|hwclock|dmesg\\s+-[cCnDE]"
            + "|sort\\s+(?:-o|--output)|systemctl(?!\\s+(?:show|status|is-active|is-enabled|list-\\w+)\\b)"
            + "|journalctl(?=[^;|]*--(?:vacuum|rotate|flush|sync))|cm_ctl(?!\\s+query\\b)|gs_\\w+|crontab(?!\\s+-l\\b)"
            + ")(?![\\w.=-])");
    private static final Pattern FIND = Pattern.compile("\\s-(?:delete|exec|execdir|ok|okdir|fprint|fprintf|fls)\\b");
    private static final Pattern REDIRECTION =
            Pattern.compile("(?:[0-9]*|&)>(?!>?\\s*/dev/null(?![\\w/])|&[0-9-])\\S*\\s*\\S*");

    private WritingWords() {}

    /** Each in its own words; empty for a script that only reads. */
    static List<String> in(String script) {
        String shell = withoutQuotedText(script);
        var found = new ArrayList<String>();
        for (Pattern pattern : List.of(WORD, FIND, REDIRECTION)) {
            pattern.matcher(shell)
                    .results()
                    .forEach(match -> found.add(match.group().strip()));
        }
        return found;
    }

    /** What stands in double quotes is data, except for the commands substituted in it. */
    private static String withoutQuotedText(String script) {
        var shell = new StringBuilder();
        boolean quoted = false;
        var open = new ArrayList<Boolean>();
        for (int i = 0; i < script.length(); i++) {
            char c = script.charAt(i);
            if (c == '\\') {
                i++;
                shell.append("__");
            } else if (c == '"') {
                quoted = !quoted;
                shell.append(c);
            } else if (c == '`') {
                throw new IllegalArgumentException("backquotes are not read here, write $( )");
            } else if (c == '$' && i + 1 < script.length() && script.charAt(i + 1) == '(') {
                open.add(quoted);
                quoted = false;
                shell.append("$(");
                i++;
            } else if (c == '(' && !quoted) {
                open.add(false);
                shell.append(c);
            } else if (c == ')' && !quoted) {
                // A case branch closes what it has not opened.
                quoted = !open.isEmpty() && open.removeLast();
                shell.append(c);
            } else if (!quoted) {
                shell.append(c);
            }
        }
        return shell.toString();
    }
}
