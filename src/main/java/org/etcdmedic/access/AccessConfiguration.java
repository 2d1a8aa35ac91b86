package org.etcdmedic.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.etcdmedic.access.AccessSettings.TokenSettings;
import org.etcdmedic.access.ApiTokens.Configured;
import org.etcdmedic.access.ApiTokens.Token;
import org.etcdmedic.platform.WrongSetting;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** Puts the room together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class AccessConfiguration {
    /** A hash, two blanks and a file's name. */
    private static final int LONGEST_FILE = 4096;

    @Bean
    ApiTokens apiTokens(AccessSettings settings) {
        List<Configured> configured = settings.tokens().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> configured(entry.getKey(), entry.getValue()))
                .toList();
        return ApiTokens.of(configured);
    }

    private static Configured configured(String name, TokenSettings settings) {
        Resource file = settings.sha256File();
        String inline = settings.sha256();
        if ((file == null) == (inline == null)) {
            throw new WrongSetting(
                    "token " + name + ": needs either sha256 or sha256-file (medic.access.tokens." + name + ")");
        }
        String hash = file == null ? String.valueOf(inline) : firstWord(name, file);
        return new Configured(new Token(name, settings.roles()), hash.strip().toLowerCase(Locale.ROOT));
    }

    private static String firstWord(String name, Resource file) {
        try (var in = file.getInputStream()) {
            String text = new String(in.readNBytes(LONGEST_FILE), StandardCharsets.US_ASCII);
            return text.strip().split("\\s", 2)[0];
        } catch (IOException e) {
            throw new WrongSetting("token " + name + ": its file cannot be read: " + file, e);
        }
    }
}
