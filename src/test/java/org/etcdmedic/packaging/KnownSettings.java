package org.etcdmedic.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which properties somebody reads: those of the service's own settings, bound by Spring's binder as at a start, and those of its
 * libraries, by the metadata that they ship.
 */
final class KnownSettings {
    /** Read one by one, without a record. */
    private static final Set<String> SINGLE =
            Set.of("medic.inventory.file", "medic.database.wait-at-start", "spring.config.import");

    private KnownSettings() {}

    /** What nobody would read; a value that cannot be bound throws. */
    static Set<String> strangers(MapConfigurationPropertySource settings)
            throws ReflectiveOperationException, IOException {
        var known = new HashSet<ConfigurationPropertyName>(bound(settings));
        Set<String> libraries = ofLibraries();
        var strangers = new TreeSet<String>();
        for (ConfigurationPropertyName name : (IterableConfigurationPropertySource) settings) {
            String text = name.toString();
            boolean library = libraries.contains(text.replaceAll("\\[\\d+]", ""))
                    // Maps: logging.level.x, spring.ssl.bundle.pem.x.y
                    || text.startsWith("logging.level.")
                    || text.startsWith("spring.ssl.bundle.pem.");
            if (!known.contains(name) && !SINGLE.contains(text) && !library) {
                strangers.add(text);
            }
        }
        return strangers;
    }

    private static Set<ConfigurationPropertyName> bound(MapConfigurationPropertySource settings)
            throws ReflectiveOperationException {
        var names = new HashSet<ConfigurationPropertyName>();
        BindHandler noting = new AbstractBindHandler() {
            @Override
            public Object onSuccess(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
                if (context.getConfigurationProperty() != null) {
                    names.add(context.getConfigurationProperty().getName());
                }
                return result;
            }
        };
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        for (var found : scanner.findCandidateComponents("org.etcdmedic")) {
            Class<?> type = Class.forName(found.getBeanClassName());
            String prefix = Objects.requireNonNull(
                            AnnotatedElementUtils.findMergedAnnotation(type, ConfigurationProperties.class))
                    .prefix();
            new Binder(
                            List.of(settings),
                            null,
                            org.springframework.boot.convert.ApplicationConversionService.getSharedInstance())
                    .bind(prefix, Bindable.of(type), noting);
        }
        return names;
    }

    private static Set<String> ofLibraries() throws IOException {
        var names = new HashSet<String>();
        for (URL metadata : Collections.list(
                KnownSettings.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream in = metadata.openStream()) {
                for (JsonNode property : new JsonMapper().readTree(in).path("properties")) {
                    names.add(property.path("name").asString());
                }
            }
        }
        return names;
    }
}
