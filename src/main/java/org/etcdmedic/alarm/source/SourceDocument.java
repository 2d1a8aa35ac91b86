package org.etcdmedic.alarm.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the bodies of a sender are understood, as it is written down: in a shipped preset, in the configuration
 * ({@code medic.sources.<name>}), in a dry run. What is absent is as in the preset.
 *
 * @param preset the shipped preset that this one changes; that of the source's own name when absent
 * @param envelope how the elements are wrapped: {@code json}, {@code text}, {@code cloudevents}, {@code huawei-smn}
 * @param each pointer to the list of elements; the body itself (or each item, when it is a list) when absent
 * @param embedded pointers in an element to texts that are JSON themselves; each is replaced by what it holds
 * @param zone time zone of times that carry none, such as {@code Asia/Shanghai} or {@code +08:00}
 * @param truncated pointer in the body to how many elements the sender left out
 * @param accept which alarms are meant at all; all when absent
 * @param labels pointers in an element to objects whose texts are kept as labels
 * @param mapping rules by field; see {@link Field}
 * @param origins who may ask by {@code WebHook-Request-Origin} whether events may be sent here (CloudEvents)
 * @param confirm how a subscription of SMN is confirmed
 */
public record SourceDocument(
        @Nullable String preset,
        @Nullable String envelope,
        @Nullable String each,
        @Nullable List<String> embedded,
        @Nullable String zone,
        @Nullable String truncated,
        @Nullable AcceptDocument accept,
        @Nullable List<String> labels,
        @Nullable Map<String, List<RuleDocument>> mapping,
        @Nullable List<String> origins,
        @Nullable ConfirmDocument confirm) {
    /**
     * How a subscription is confirmed.
     *
     * @param automatic whether that is done without asking anybody, for messages whose signature is right
     * @param hosts hosts that a confirmation may be sent to; {@code *.} in front stands for one or more words
     * @param sslBundle bundle of {@code spring.ssl.bundle} whose authorities are trusted there; without it those of the Java platform
     */
    public record ConfirmDocument(
            @Nullable Boolean automatic,
            @Nullable List<String> hosts,
            @Nullable String sslBundle) {
        private ConfirmDocument over(@Nullable ConfirmDocument below) {
            return below == null
                    ? this
                    : new ConfirmDocument(
                            automatic == null ? below.automatic : automatic,
                            hosts == null ? below.hosts : hosts,
                            sslBundle == null ? below.sslBundle : sslBundle);
        }
    }

    /**
     * Which alarms are meant: those with one of these numbers, or with a name that one of these expressions finds.
     *
     * @param codes numbers of alarms
     * @param names regular expressions (RE2)
     */
    public record AcceptDocument(
            @Nullable List<String> codes, @Nullable List<String> names) {}

    /**
     * One way to find a field's value.
     *
     * @param from pointers, the first that leads to a text counts: {@code /a/b} in the element, {@code ^/a/b} in the whole body,
     *     {@code /list[name=x]/value} by the value of a field
     * @param constant the value itself
     * @param pattern a regular expression (RE2) with one group, which is taken out of the text
     * @param values what the sender's words mean; a word that is not here is a problem, unless there is {@code otherwise}
     * @param otherwise what every other word means
     */
    public record RuleDocument(
            @Nullable List<String> from,
            @Nullable String constant,
            @Nullable String pattern,
            @Nullable Map<String, String> values,
            @Nullable String otherwise) {}

    /** This document, and for what it leaves open the one below; of the mapping and the confirmation each field by itself. */
    public SourceDocument over(SourceDocument below) {
        var fields = new LinkedHashMap<String, List<RuleDocument>>(below.mapping == null ? Map.of() : below.mapping);
        if (mapping != null) {
            fields.putAll(mapping);
        }
        return new SourceDocument(
                preset == null ? below.preset : preset,
                envelope == null ? below.envelope : envelope,
                each == null ? below.each : each,
                embedded == null ? below.embedded : embedded,
                zone == null ? below.zone : zone,
                truncated == null ? below.truncated : truncated,
                accept == null ? below.accept : accept,
                labels == null ? below.labels : labels,
                fields,
                origins == null ? below.origins : origins,
                confirm == null ? below.confirm : confirm.over(below.confirm));
    }
}
