package org.etcdmedic.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.etcdmedic.alarm.source.DryRun;
import org.etcdmedic.alarm.source.Field;
import org.etcdmedic.alarm.source.Mapped;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.NodeId;
import org.jspecify.annotations.Nullable;

/** What a body would become; its schema is {@code DryRun} in the contract. */
record DryRunView(@Nullable String problem, List<ElementView> elements) {

    /** What an element would become; its schema is {@code DryRunElement} in the contract. */
    record ElementView(
            String pointer,
            DryRun.Becomes becomes,
            Mapped.Ignored.@Nullable Reason ignored,
            @Nullable String instanceId,
            @Nullable String nodeId,
            Map<String, FieldView> fields,
            List<String> missing,
            List<ProblemException.FieldError> errors) {}

    /** A field's value and where it was found; its schema is {@code DryRunField} in the contract. */
    record FieldView(String value, String from) {}

    static DryRunView of(DryRun.Result result, ReceiptAnswers answers, Messages messages) {
        return switch (result) {
            case DryRun.Result.Elements(List<DryRun.Tried> elements) ->
                new DryRunView(
                        null,
                        elements.stream().map(element -> of(element, answers)).toList());
            case DryRun.Result.Broken(Mapped.Problem.Code code) ->
                new DryRunView(messages.text("source.problem." + code), List.of());
            case DryRun.Result.NoAlarms _ -> new DryRunView(messages.text("source.no-alarms"), List.of());
        };
    }

    private static ElementView of(DryRun.Tried tried, ReceiptAnswers answers) {
        var fields = new TreeMap<String, FieldView>();
        tried.reading()
                .fields()
                .forEach((field, found) -> fields.put(field.word(), new FieldView(found.value(), found.from())));
        return new ElementView(
                tried.reading().pointer(),
                tried.becomes(),
                tried.ignored().orElse(null),
                tried.instance().map(InstanceId::value).orElse(null),
                tried.node().map(NodeId::value).orElse(null),
                fields,
                tried.reading().missing().stream().map(Field::word).toList(),
                answers.errors(tried.problems()));
    }
}
