package org.etcdmedic.testing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells springdoc which fields of a record are always there: those that may not be null. By itself it does not know. */
public final class RecordFields implements ModelConverter {
    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        JavaType java = Json31.mapper().constructType(type.getType());
        if (java.isTypeOrSubTypeOf(JsonNode.class)) {
            // Any object; springdoc would list what a tree can be asked in Java.
            return new JsonSchema().typesItem("object");
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        if (resolved != null && java.getRawClass().isRecord()) {
            Schema<?> model = model(resolved, context);
            if (model.getProperties() != null) {
                model.setRequired(required(java.getRawClass()).toList());
            }
        }
        return resolved;
    }

    private static Schema<?> model(Schema<?> resolved, ModelConverterContext context) {
        String reference = resolved.get$ref();
        if (reference == null) {
            return resolved;
        }
        Schema<?> defined = context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
        return defined == null ? resolved : defined;
    }

    private static Stream<String> required(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .flatMap(component ->
                        unwrapped(type, component) ? required(component.getType()) : Stream.of(component.getName()));
    }

    /** The annotation is kept on the accessor and the field, for it is not meant for components. */
    private static boolean unwrapped(Class<?> type, RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                || List.of(type.getDeclaredFields()).stream()
                        .anyMatch(field -> field.getName().equals(component.getName())
                                && field.isAnnotationPresent(JsonUnwrapped.class));
    }
}
