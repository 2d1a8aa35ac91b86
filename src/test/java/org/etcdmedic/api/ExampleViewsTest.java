package org.etcdmedic.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.etcdmedic.testing.Contract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each recorded answer becomes the record that the service answers with, and comes out of it as it went in. */
class ExampleViewsTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(incl -> incl.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final Map<String, TypeReference<?>> VIEWS = Map.ofEntries(
            Map.entry("AlarmAccepted", new TypeReference<Accepted>() {}),
            Map.entry("AlarmList", new TypeReference<KeptAlarmsController.AlarmList>() {}),
            Map.entry("BodyTaken", new TypeReference<ReceiptAnswers.BodyTaken>() {}),
            Map.entry("DryRun", new TypeReference<DryRunView>() {}),
            Map.entry("Resent", new TypeReference<RefusedController.ResentView>() {}),
            Map.entry("SourceList", new TypeReference<SourceOrders.SourceList>() {}),
            Map.entry("InstanceList", new TypeReference<InstanceController.InstanceList>() {}),
            Map.entry("InstanceView", new TypeReference<InstanceController.InstanceView>() {}),
            Map.entry("DiagnosisList", new TypeReference<DiagnosisListController.DiagnosisList>() {}),
            Map.entry("Diagnosis", new TypeReference<DiagnosisView>() {}),
            Map.entry("FindingList", new TypeReference<DiagnosisPartsController.Parts<JudgementView.FindingView>>() {}),
            Map.entry(
                    "ClassificationList",
                    new TypeReference<DiagnosisPartsController.Parts<JudgementView.ClassificationView>>() {}),
            Map.entry(
                    "RemediationList", new TypeReference<DiagnosisPartsController.Parts<JudgementView.StepView>>() {}),
            Map.entry("Timeline", new TypeReference<TimelineView>() {}),
            Map.entry("Cancelled", new TypeReference<DiagnosisOrders.Cancelled>() {}),
            Map.entry("RerunAccepted", new TypeReference<DiagnosisOrders.RerunAccepted>() {}),
            Map.entry("EvidenceList", new TypeReference<EvidenceController.EvidenceList>() {}),
            Map.entry("Metrics", new TypeReference<MetricsController.MetricsView>() {}),
            Map.entry("PackageMap", new TypeReference<PackageController.PseudonymList>() {}),
            Map.entry("CauseList", new TypeReference<CauseController.CauseList>() {}),
            Map.entry("Cause", new TypeReference<CauseController.CauseView>() {}),
            Map.entry("ReplayAccepted", new TypeReference<ReplayController.ReplayAccepted>() {}),
            Map.entry("Replay", new TypeReference<ReplayView>() {}),
            Map.entry("ReplayList", new TypeReference<ReplayController.ReplayList>() {}),
            Map.entry("ProbeList", new TypeReference<ProbeController.ProbeList>() {}),
            Map.entry("HistoryPage", new TypeReference<HistoryPage>() {}),
            Map.entry("Feedback", new TypeReference<FeedbackView>() {}),
            Map.entry("FeedbackList", new TypeReference<MemoryController.FeedbackList>() {}),
            Map.entry("Accuracy", new TypeReference<AccuracyController.AccuracyView>() {}),
            Map.entry("TicketList", new TypeReference<TicketController.TicketList>() {}),
            Map.entry("Ticket", new TypeReference<TicketView>() {}),
            Map.entry("TargetList", new TypeReference<TargetController.TargetList>() {}),
            Map.entry("Target", new TypeReference<TargetController.TargetView>() {}),
            Map.entry("TargetTested", new TypeReference<TargetController.TargetTested>() {}),
            Map.entry("Preview", new TypeReference<TargetController.Preview>() {}),
            Map.entry("AuditPage", new TypeReference<AuditController.AuditPage>() {}));

    /** Schema and name of each example of an answer that is JSON and no problem. */
    static Stream<Arguments> answers() throws IOException {
        JsonNode document = Contract.document("openapi.yaml");
        return document.path("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .flatMap(operation -> operation.path("responses").valueStream())
                .map(response -> response.path("content").path("application/json"))
                .flatMap(media -> media.path("examples")
                        .propertyStream()
                        .map(example -> Arguments.of(
                                media.path("schema").path("$ref").stringValue().replaceAll(".*/", ""),
                                example.getKey(),
                                document.at("/components/examples/" + example.getKey() + "/value"))))
                .distinct();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("answers")
    void goesThroughTheRecordUnchanged(String schema, String example, JsonNode value) {
        TypeReference<?> view = requireNonNull(VIEWS.get(schema), schema);

        Object record = JSON.readValue(JSON.treeAsTokens(value), view);

        assertThat(JSON.readTree(JSON.writeValueAsString(record))).as(example).isEqualTo(value);
    }

    @Test
    void looksAtEverySchemaThatIsAnswered() throws IOException {
        Set<String> answered = new TreeSet<>();
        answers().forEach(arguments -> answered.add(String.valueOf(arguments.get()[0])));

        assertThat(answered).isEqualTo(new TreeSet<>(VIEWS.keySet()));
    }
}
