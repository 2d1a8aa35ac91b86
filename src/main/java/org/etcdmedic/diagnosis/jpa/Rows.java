package org.etcdmedic.diagnosis.jpa;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.etcdmedic.bundle.BundleCase;
import org.etcdmedic.diagnosis.AskedCase;
import org.etcdmedic.diagnosis.Claim;
import org.etcdmedic.diagnosis.Diagnosis;
import org.etcdmedic.diagnosis.Diagnosis.Progress;
import org.etcdmedic.diagnosis.DiagnosisId;
import org.etcdmedic.diagnosis.Listed;
import org.etcdmedic.diagnosis.Mode;
import org.etcdmedic.diagnosis.Rerun;
import org.etcdmedic.diagnosis.Status;
import org.etcdmedic.diagnosis.StoredCapture;
import org.etcdmedic.diagnosis.Symptom;
import org.etcdmedic.diagnosis.Told;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.etcdmedic.knowledge.CauseCode;
import org.etcdmedic.probe.Capture;
import org.etcdmedic.probe.Who;
import org.etcdmedic.verdict.Judgement;
import org.etcdmedic.verdict.Nutshell;
import org.etcdmedic.verdict.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Turns rows into what they stand for, and back. The column {@code status} is only the shadow of the state's type. */
@Component
class Rows {
    private static final TypeReference<List<Symptom.VmEvent>> EVENTS = new TypeReference<>() {};
    private static final TypeReference<List<JoinedTold>> JOINED = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> ARGUMENTS = new TypeReference<>() {};

    private final JsonMapper json;

    Rows(JsonMapper json) {
        this.json = json;
    }

    Diagnosis diagnosis(DiagnosisRow row) {
        return new Diagnosis(
                new DiagnosisId(row.id),
                new InstanceId(row.instanceId),
                new NodeId(row.nodeId),
                row.vmId,
                Mode.valueOf(row.mode),
                row.alarmedAt,
                row.queuedAt,
                progress(row),
                Optional.ofNullable(row.rerunOf)
                        .map(before -> new Rerun(new DiagnosisId(before), Optional.ofNullable(row.evidenceSince))));
    }

    Listed listed(ListedRow row) {
        return new Listed(
                new DiagnosisId(row.id),
                new InstanceId(row.instanceId),
                new NodeId(row.nodeId),
                row.vmId,
                Mode.valueOf(row.mode),
                row.alarmedAt,
                row.queuedAt,
                new Listed.Course(
                        Status.valueOf(row.status),
                        Optional.ofNullable(row.startedAt),
                        Optional.ofNullable(row.completedAt),
                        Optional.ofNullable(row.failure)),
                Optional.ofNullable(row.verdict)
                        .map(verdict -> new Nutshell(
                                json.readValue(verdict, Verdict.class),
                                repairs(row),
                                Objects.requireNonNull(row.knowledgeVersion))));
    }

    /** Two columns of the same length, which the database derives from the steps of the repair. */
    private List<Nutshell.Repair> repairs(ListedRow row) {
        List<String> causes = json.readValue(Objects.requireNonNullElse(row.repairCauses, "[]"), TEXTS);
        List<String> nodes = json.readValue(Objects.requireNonNullElse(row.repairNodes, "[]"), TEXTS);
        return IntStream.range(0, causes.size())
                .mapToObj(i -> new Nutshell.Repair(new CauseCode(causes.get(i)), new NodeId(nodes.get(i))))
                .distinct()
                .toList();
    }

    Symptom symptom(DiagnosisRow row) {
        return new Symptom(
                new InstanceId(row.instanceId),
                new NodeId(row.nodeId),
                row.vmId,
                row.alarmedAt,
                row.clusterStatus,
                json.readValue(row.vmEvents, EVENTS));
    }

    String events(Symptom symptom) {
        return json.writeValueAsString(symptom.vmEvents());
    }

    /** Empty when the symptom tells no more than its time. */
    Optional<String> told(Symptom symptom) {
        return symptom.clusterStatus() == null && symptom.vmEvents().isEmpty()
                ? Optional.empty()
                : Optional.of(json.writeValueAsString(
                        new JoinedTold(symptom.node().value(), symptom.clusterStatus(), symptom.vmEvents())));
    }

    /** What the first alarm told, and then what those told that joined. */
    List<Told> told(DiagnosisRow row) {
        var told = new ArrayList<Told>();
        Symptom first = symptom(row);
        told.add(new Told(first.node(), first.clusterStatus(), first.vmEvents()));
        for (JoinedTold joined : json.readValue(row.joinedTold, JOINED)) {
            told.add(new Told(new NodeId(joined.node()), joined.clusterStatus(), joined.vmEvents()));
        }
        return told;
    }

    /** An element of the column {@code joined_told}. */
    private record JoinedTold(String node, @Nullable String clusterStatus, List<Symptom.VmEvent> vmEvents) {}

    private Progress progress(DiagnosisRow row) {
        return switch (Status.valueOf(row.status)) {
            case QUEUED -> new Progress.Queued();
            case RUNNING -> new Progress.Running(started(row));
            case COMPLETED ->
                new Progress.Completed(
                        started(row),
                        completed(row),
                        json.readValue(Objects.requireNonNull(row.judgement), Judgement.class));
            case FAILED ->
                new Progress.Failed(
                        Optional.ofNullable(row.startedAt),
                        completed(row),
                        Objects.requireNonNullElse(row.failure, ""));
            case CANCELLED -> new Progress.Cancelled(Optional.ofNullable(row.startedAt), completed(row));
        };
    }

    private static Instant started(DiagnosisRow row) {
        return Objects.requireNonNull(row.startedAt, "a diagnosis that runs has begun");
    }

    private static Instant completed(DiagnosisRow row) {
        return Objects.requireNonNull(row.completedAt, "a diagnosis that is over has an end");
    }

    String json(Judgement judgement) {
        return json.writeValueAsString(judgement);
    }

    String json(BundleCase bundleCase) {
        return json.writeValueAsString(bundleCase);
    }

    BundleCase bundleCase(BundleRow row) {
        return json.readValue(row.content, BundleCase.class);
    }

    AskedRow row(DiagnosisId id, AskedCase asked) {
        var row = new AskedRow();
        row.diagnosisId = id.value();
        row.content = json.writeValueAsString(asked);
        return row;
    }

    AskedCase asked(AskedRow row) {
        return json.readValue(row.content, AskedCase.class);
    }

    CaptureRow row(Claim claim, int ordinal, StoredCapture capture) {
        var row = new CaptureRow();
        row.id = capture.id();
        row.diagnosisId = claim.id().value();
        row.attempt = claim.attempt();
        row.ordinal = ordinal;
        row.nodeId = capture.node().value();
        row.probe = capture.probe();
        row.arguments = json.writeValueAsString(capture.arguments());
        row.command = capture.command();
        row.startedAt = capture.startedAt();
        row.tookMillis = capture.took().toMillis();
        row.exitStatus = capture.exitStatus().orElse(null);
        row.reason = capture.reason().map(Capture.Reason::name).orElse(null);
        row.detail = capture.detail();
        row.text = capture.text();
        row.errorText = capture.errorText();
        row.bytes = capture.bytes();
        row.truncated = capture.truncated();
        capture.who().ifPresent(who -> {
            row.login = who.login();
            row.account = who.account();
            row.through = who.through().name();
        });
        return row;
    }

    StoredCapture capture(CaptureRow row) {
        return new StoredCapture(
                row.id,
                new NodeId(row.nodeId),
                row.probe,
                json.readValue(row.arguments, ARGUMENTS),
                row.command,
                row.startedAt,
                Duration.ofMillis(row.tookMillis),
                Optional.ofNullable(row.exitStatus),
                Optional.ofNullable(row.reason).map(Capture.Reason::valueOf),
                row.detail,
                row.text,
                row.errorText,
                row.bytes,
                row.truncated,
                Optional.ofNullable(row.through)
                        .map(through -> new Who(
                                Objects.requireNonNull(row.login),
                                Objects.requireNonNull(row.account),
                                Who.Through.valueOf(through))));
    }
}
