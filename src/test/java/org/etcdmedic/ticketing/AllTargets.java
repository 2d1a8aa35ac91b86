package org.etcdmedic.ticketing;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.etcdmedic.ticketing.chat.ChatKind;
import org.etcdmedic.ticketing.target.Access;
import org.etcdmedic.ticketing.target.Target;
import org.etcdmedic.ticketing.target.TargetKind;
import org.etcdmedic.ticketing.target.TargetKind.Misconfigured;
import org.etcdmedic.ticketing.target.TargetKind.Wishes;
import org.etcdmedic.ticketing.template.Presets;

/** Every target with the settings of an example. */
public final class AllTargets {
    private static final Map<String, Map<String, String>> SETTINGS = Map.of(
            "jira", Map.of("project", "DBA"),
            "servicenow", Map.of("user", "medic", "group", "Database", "closeCode", "Solved (Permanently)"),
            "github", Map.of("owner", "acme", "repository", "etcd-ops"),
            "gitlab", Map.of("project", "acme/etcd-ops"),
            "dingtalk", Map.of("keyword", "etcd"));
    private static final Map<String, String> ADDRESSES = Map.of(
            "dingtalk", "/robot/send?access_token=0123456789abcdef",
            "feishu", "/open-apis/bot/v2/hook/0123456789abcdef",
            "wecom", "/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa",
            "slack", "/services/T00000000/B00000000/hook-key-of-these-tests");

    /** Those whose address is the only secret. */
    private static final List<String> WITHOUT_SECRET = List.of("wecom", "slack");

    private AllTargets() {}

    public static List<String> names() {
        return List.of("jira", "servicenow", "pagerduty", "github", "gitlab", "dingtalk", "feishu", "wecom", "slack");
    }

    public static Target of(String name) {
        return of(name, SETTINGS.getOrDefault(name, Map.of()));
    }

    public static Target of(String name, Map<String, String> settings) {
        try {
            return kind(name).target(new Wishes(settings, Map.of(), List.of()));
        } catch (Misconfigured wrong) {
            throw new AssertionError(wrong);
        }
    }

    public static TargetKind kind(String name) {
        var kinds = new ArrayList<>(ChatKind.all());
        kinds.addAll(Presets.shipped());
        return kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static Access access(String name, URI base) {
        return new Access(
                URI.create(base + ADDRESSES.getOrDefault(name, "")),
                WITHOUT_SECRET.contains(name) ? List.of() : List.of("R0UTINGKEY0123456789abcdefGHIJKL"));
    }
}
