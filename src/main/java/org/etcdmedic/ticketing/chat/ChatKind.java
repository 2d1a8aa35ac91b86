package org.etcdmedic.ticketing.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.etcdmedic.ticketing.target.Limits;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.TargetKind;

/** Makes targets of one chat. */
public final class ChatKind implements TargetKind {
    private final Chat chat;

    ChatKind(Chat chat) {
        this.chat = chat;
    }

    /** All that there are. */
    public static List<TargetKind> all() {
        return List.of(
                new ChatKind(new DingTalk()),
                new ChatKind(new Feishu()),
                new ChatKind(new WeCom()),
                new ChatKind(new Slack()));
    }

    private static final int LONGEST_KEYWORD = 50;

    @Override
    public String name() {
        return chat.name();
    }

    /** Signing is one of several ways to guard a robot, and the address is a secret already. */
    @Override
    public boolean needsSecret() {
        return false;
    }

    @Override
    public Target target(Wishes wishes) throws Misconfigured {
        var mistakes = new ArrayList<String>();
        new TreeSet<>(wishes.settings().keySet())
                .stream()
                        .filter(key -> !chat.settings().contains(key))
                        .forEach(key -> mistakes.add("settings." + key + " is not known to the preset " + name()));
        String keyword = wishes.settings().getOrDefault("keyword", "");
        if (keyword.length() > LONGEST_KEYWORD || keyword.chars().anyMatch(Character::isISOControl)) {
            mistakes.add(
                    "settings.keyword is longer than " + LONGEST_KEYWORD + " characters, or has more than one line");
        }
        if (!wishes.bodies().isEmpty()) {
            mistakes.add("templates: a message of " + name() + " is not written by a template");
        }
        if (!mistakes.isEmpty()) {
            throw new Misconfigured(mistakes);
        }
        return new ChatTarget(chat, new Limits(chat.bodyBytes(), wishes.ratesOr(chat.rates())), keyword);
    }
}
