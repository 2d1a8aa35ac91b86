package org.etcdmedic.packaging;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/**
 * What the Kubernetes API takes, as its own OpenAPI describes it: a field that it does not know, one that is missing and one of
 * another type are refused, at every depth. The objects of the Prometheus operator are held against its own types in the same way.
 */
final class KubernetesSchemas {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final Map<String, Class<?>> OF_OPERATOR =
            Map.of("ServiceMonitor", ServiceMonitor.class, "PrometheusRule", PrometheusRule.class);

    private static final com.fasterxml.jackson.databind.ObjectMapper STRICT =
            new com.fasterxml.jackson.databind.ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static {
        STRICT.setAnnotationIntrospector(new WithoutStrangers());
    }

    /** The models keep what they do not know for whoever comes later; here it is an error. */
    private static final class WithoutStrangers extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return Boolean.FALSE;
        }
    }

    private KubernetesSchemas() {}

    /** Refuses what is not well-formed; the message names the field. */
    static void check(Manifest manifest) {
        String json = manifest.tree().toString();
        try {
            Class<?> ofOperator = OF_OPERATOR.get(manifest.kind());
            if (ofOperator != null) {
                STRICT.readValue(json, ofOperator);
            } else {
                validate(manifest.kind(), JsonParser.parseString(json));
            }
        } catch (ReflectiveOperationException | java.io.IOException | IllegalArgumentException e) {
            throw new AssertionError(manifest + ": " + e.getMessage(), e);
        }
    }

    private static void validate(String kind, JsonElement json) throws ReflectiveOperationException {
        try {
            Class.forName(MODELS + "V1" + kind)
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, json);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(String.valueOf(e.getCause()), e);
        }
    }
}
