package org.etcdmedic.api;

import java.util.List;
import org.etcdmedic.report.ReportFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Two languages, as {@link ReadersLanguage} tells them; reports in every format there is. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
    private final JsonMapper mapper;
    private final List<ReportFormat> formats;

    WebConfiguration(JsonMapper mapper, List<ReportFormat> formats) {
        this.mapper = mapper;
        this.formats = List.copyOf(formats);
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.withJsonConverter(json(mapper));
        formats.forEach(format -> builder.addCustomConverter(new ReportConverter(format)));
    }

    @Bean
    LocaleResolver localeResolver() {
        return new ReadersLanguage();
    }

    /** JSON as it is configured, with what nobody would see in it escaped. */
    private static JacksonJsonHttpMessageConverter json(JsonMapper mapper) {
        return new JacksonJsonHttpMessageConverter(mapper) {
            @Override
            protected ObjectWriter customizeWriter(
                    ObjectWriter writer, @Nullable JavaType type, @Nullable MediaType contentType) {
                return super.customizeWriter(writer, type, contentType).with(new UnseenCharacters());
            }
        };
    }
}
