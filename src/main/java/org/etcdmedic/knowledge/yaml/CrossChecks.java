package org.etcdmedic.knowledge.yaml;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.etcdmedic.knowledge.Cause;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.knowledge.Decider;
import org.etcdmedic.knowledge.FindingKind;
import org.etcdmedic.knowledge.Phrase;
import org.etcdmedic.knowledge.Remediation;
import org.etcdmedic.knowledge.Signature;
import org.etcdmedic.knowledge.Subject;
import org.etcdmedic.knowledge.Text;
import org.etcdmedic.knowledge.TextTemplate;
import org.etcdmedic.knowledge.yaml.YamlKnowledge.Item;
import org.etcdmedic.probe.Probe;
import org.etcdmedic.probe.ProbeCatalogue;

/** What must hold between files that are each readable. */
final class CrossChecks {
    private static final Pattern ASPECT = Pattern.compile("[a-z]+(-[a-z]+)*");

    /**
     * Rows of the runbook, and beyond it: B1 last words of etcd, B2 certificates, B3 membership, B4 quota, B5 clock,
     * B6 file descriptors, B7 configuration, B8 corruption, B9 names, each as the logs tell it; B10 etcd's own word, B12 certificate files, B14 size of the database,
     * B15 clocks and B19 names as they were looked at; A1 our own access.
     */
    private static final Pattern ROW = Pattern.compile("[VNOPMC]\\d{1,2}|B(?:[1-9]|10|12|14|15|19)|A1");

    private static final Set<String> IN_SUMMARIES = Set.of("node");
    private static final Set<String> IN_REMEDIATION = Set.of(
            "node",
            "host",
            "user",
            "gaussHome",
            "gaussLog",
            "dataDir",
            "mountPoint",
            "path",
            "marker",
            "device",
            "port",
            "pid",
            "largest",
            "iptablesTool",
            "iptablesTable",
            "iptablesChain",
            "iptablesNumber",
            "guiltyRules",
            "nftFamily",
            "nftTable",
            "nftChain",
            "nftHandle",
            "firewalld",
            "movableCpuUsers",
            "movableMemoryUsers",
            "movableWriters",
            "etcdGroup",
            "etcdPid",
            "certificate",
            "keyFile",
            "authority",
            "address",
            "peer",
            "peers",
            "peerAddresses",
            "name");

    private final List<Item<Cause>> causes;
    private final List<Item<FindingKind>> findings;
    private final List<Item<Signature>> signatures;
    private final List<Item<Remediation>> remediation;
    private final Ids ids;

    CrossChecks(
            List<Item<Cause>> causes,
            List<Item<FindingKind>> findings,
            List<Item<Signature>> signatures,
            List<Item<Remediation>> remediation,
            Ids ids) {
        this.causes = causes;
        this.findings = findings;
        this.signatures = signatures;
        this.remediation = remediation;
        this.ids = ids;
    }

    void run() {
        causes.forEach(item -> check(item.file(), item.value()));
        ranks();
        findings.forEach(item -> check(item.file(), item.value()));
        signatures.forEach(item -> {
            Signature signature = item.value();
            row(item.file(), "check", signature.check());
            if (ids.findings().contains(signature.id())) {
                item.file().problem("id", "stands among the findings too; one id means one thing: " + signature.id());
            }
            meaning(item.file(), signature.supports(), signature.refutes());
            dangling(item.file(), "narrows", signature.narrows(), ids.signatures());
            new SignatureChecks(item.file(), signature).run();
        });
        remediation.forEach(item -> check(item.file(), item.value()));
    }

    private void check(KnowledgeFile file, Cause cause) {
        variables(file, "title", cause.title(), Set.of());
        variables(file, "summary", cause.summary(), IN_SUMMARIES);
        cause.needs().forEach(need -> row(file, "needs", need));
        cause.certainAfter().forEach(need -> row(file, "certainAfter", need));
        dangling(file, "explains", cause.explains(), ids.causes());
        dangling(file, "explainsOnPeers", cause.explainsOnPeers(), ids.causes());
        cause.mayPrecede().keySet().stream()
                .filter(effect -> !cause.explains().contains(effect)
                        && !cause.explainsOnPeers().contains(effect))
                .forEach(effect ->
                        file.problem("mayPrecede", effect.value(), effect + " is none of the effects of this cause"));
        if (cause.explainsOnPeers().contains(cause.code())) {
            file.problem("explainsOnPeers", "two nodes would explain each other with it");
        }
        dangling(file, "sharedIfSeen", cause.sharedIfSeen(), ids.seen());
        dangling(file, "remediation", cause.remediation(), ids.remediation());
        if (cause.remediation().isEmpty()) {
            file.problem("remediation", "at least one step is missing here");
        }
        cause.decidedBy().forEach(decider -> row(file, "decidedBy", decider.check()));
        cause.byHand().ifPresent(step -> byHand(file, step));
        new Chain(causes)
                .from(cause.code())
                .ifPresent(chain -> file.problem(
                        "explains",
                        "explains itself: "
                                + chain.stream().map(CauseCode::value).collect(Collectors.joining(" -> "))));
        cause.explains()
                .forEach(effect -> causes.stream()
                        .map(Item::value)
                        .filter(other -> other.code().equals(effect) && other.rank() <= cause.rank())
                        .forEach(other -> file.problem(
                                "explains",
                                effect.value(),
                                effect + " has the rank " + other.rank() + ", which comes before " + cause.rank()
                                        + "; a cause is repaired before its effects")));
    }

    /** Two causes of one rank would make the order of repair a matter of chance. */
    private void ranks() {
        var byRank = new TreeMap<Integer, CauseCode>();
        causes.forEach(item -> {
            CauseCode first =
                    byRank.putIfAbsent(item.value().rank(), item.value().code());
            if (first != null) {
                item.file().problem("rank", item.value().rank() + " is the rank of " + first + " already");
            }
        });
    }

    /** A step that decides only looks. */
    private void byHand(KnowledgeFile file, String id) {
        Optional<Remediation> step = remediation.stream()
                .map(Item::value)
                .filter(r -> r.id().equals(id))
                .findFirst();
        if (!ids.remediation().contains(id)) {
            file.problem("byHand", "there is no " + id + Guess.among(id, ids.remediation()));
        } else if (step.isPresent() && step.get().risk() != Remediation.Risk.READ_ONLY) {
            file.problem("byHand", id + " has the risk " + step.get().risk() + ", and a step that decides only looks");
        }
    }

    private void check(KnowledgeFile file, FindingKind finding) {
        row(file, "check", finding.check());
        finding.covers().forEach(covered -> row(file, "covers", covered));
        var declared = new TreeSet<>(finding.variables());
        declared.add("node");
        variables(file, "statement", finding.statement(), declared);
        meaning(file, finding.supports(), finding.refutes());
        finding.subject().ifPresent(subject -> subject(file, finding, subject));
    }

    /** A fault is known again by names that its findings really have, and only where they speak for a cause. */
    private static void subject(KnowledgeFile file, FindingKind finding, Subject subject) {
        if (!ASPECT.matcher(subject.aspect()).matches()) {
            file.problem("subject", subject.aspect(), "an aspect is lower-case words joined by hyphens");
        }
        subject.names().stream()
                .filter(name -> !finding.variables().contains(name))
                .forEach(name -> file.problem(
                        "subject",
                        name,
                        "the finding has no variable " + name + Guess.among(name, finding.variables())));
        if (finding.supports().isEmpty()) {
            file.problem("subject", "a finding that speaks for no cause has no subject");
        }
    }

    private void check(KnowledgeFile file, Remediation step) {
        dangling(file, "onlyIfSeen", step.onlyIfSeen(), ids.seen());
        dangling(file, "unlessSeen", step.unlessSeen(), ids.seen());
        step.onlyIfKnown().stream()
                .filter(name -> !IN_REMEDIATION.contains(name))
                .forEach(name -> file.problem("onlyIfKnown", name, "nobody knows the value " + name));
        variables(file, "action", step.action(), IN_REMEDIATION);
        step.command().ifPresent(command -> variables(file, "command", command, IN_REMEDIATION));
        variables(file, "verify", step.verify(), IN_REMEDIATION);
        CommandChecks.run(file, step);
    }

    private void meaning(KnowledgeFile file, Map<CauseCode, Double> supports, Set<CauseCode> refutes) {
        dangling(file, "supports", supports.keySet(), ids.causes());
        dangling(file, "refutes", refutes, ids.causes());
        refutes.stream()
                .filter(supports::containsKey)
                .forEach(code -> file.problem("refutes", code.value(), "both supported and refuted: " + code));
    }

    /** A probe that decides has to be one that is asked at all, and asked for that row. */
    static void probes(KnowledgeFile file, Cause cause, ProbeCatalogue catalogue) {
        for (Decider decider : cause.decidedBy()) {
            decider.probe().ifPresent(id -> {
                Optional<Probe> probe = catalogue.all().stream()
                        .filter(p -> p.id().value().equals(id))
                        .findFirst();
                if (probe.isEmpty()) {
                    file.problem("decidedBy", "there is no probe " + id);
                } else if (!probe.get().checks().contains(decider.check())) {
                    file.problem("decidedBy", "probe " + id + " does not answer row " + decider.check());
                }
            });
        }
    }

    private static void row(KnowledgeFile file, String key, String row) {
        if (!ROW.matcher(row).matches()) {
            file.problem(
                    key,
                    row,
                    "no row of the runbook: " + row + "; allowed are V, N, O, P, M and C with a number, B1 to B9, A1");
        }
    }

    private static <T> void dangling(KnowledgeFile file, String key, Collection<T> ids, Set<T> existing) {
        ids.stream()
                .filter(id -> !existing.contains(id))
                .sorted()
                .forEach(id ->
                        file.problem(key, id.toString(), "there is no " + id + Guess.among(id.toString(), existing)));
    }

    static void variables(KnowledgeFile file, String key, Text text, Set<String> declared) {
        variables(file, key, "en", text.en(), declared);
        variables(file, key, "zh-CN", text.zhCn(), declared);
        try {
            Set<String> told = TextTemplate.variables(text.en());
            if (!told.equals(TextTemplate.variables(text.zhCn()))) {
                file.problemIn(key, "zh-CN", "tells other values than en, which has " + told);
            }
        } catch (IllegalArgumentException noTemplate) {
            // Told above.
        }
    }

    static void phrase(KnowledgeFile file, Phrase phrase) {
        variables(file, "text", phrase.text(), Set.copyOf(phrase.variables()));
    }

    private static void variables(
            KnowledgeFile file, String key, String language, String template, Set<String> declared) {
        try {
            var unknown = new TreeSet<>(TextTemplate.variables(template));
            unknown.removeAll(declared);
            unknown.forEach(name -> file.problemIn(
                    key, language, "variable that is not declared: " + name + Guess.among(name, declared)));
        } catch (IllegalArgumentException e) {
            file.problemIn(key, language, "not a template: " + template);
        }
    }

    static void variables(KnowledgeFile file, String key, String template, Set<String> declared) {
        try {
            var unknown = new TreeSet<>(TextTemplate.variables(template));
            unknown.removeAll(declared);
            unknown.forEach(
                    name -> file.problem(key, "variable that is not declared: " + name + Guess.among(name, declared)));
        } catch (IllegalArgumentException e) {
            file.problem(key, "not a template: " + template);
        }
    }
}
