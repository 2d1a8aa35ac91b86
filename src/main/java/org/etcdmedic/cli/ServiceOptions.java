package org.etcdmedic.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.etcdmedic.bundle.EntryName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that asks a running service: where it is, and who asks. */
final class ServiceOptions {
    private static final String URL = "ETCD_MEDIC_URL";
    private static final String TOKEN = "ETCD_MEDIC_TOKEN";

    @Option(names = "--url", paramLabel = "URL")
    private @Nullable String url;

    @Option(names = "--token-file", paramLabel = "FILE")
    private @Nullable Path tokenFile;

    @Option(names = "--ca-file", paramLabel = "FILE")
    private @Nullable Path authorities;

    @Option(names = "--insecure-http")
    private boolean insecure;

    /** The service that they name. */
    Remote remote(Terminal terminal, Words words) {
        String text = url != null ? url : terminal.environment().getOrDefault(URL, "");
        ServiceAddress address = ServiceAddress.parse(text.isEmpty() ? ServiceAddress.DEFAULT : text)
                .orElseThrow(() -> CommandEnd.usage(words.text("cli.usage.url")));
        Optional<Token> token = token(terminal, words);
        if (token.isPresent() && address.readableOnTheWay() && !insecure) {
            throw CommandEnd.usage(words.text("cli.usage.readable", address.shown()));
        }
        return new Remote(address, token, words.locale(), trust(words));
    }

    private Optional<Token> token(Terminal terminal, Words words) {
        if (tokenFile != null) {
            String name = EntryName.shown(tokenFile.toString());
            try {
                return Optional.of(Token.in(tokenFile)
                        .orElseThrow(() -> CommandEnd.usage(words.text("cli.usage.no-token", name))));
            } catch (IOException unreadable) {
                throw CommandEnd.usage(words.text("cli.usage.unreadable", name));
            }
        }
        String given = terminal.environment().getOrDefault(TOKEN, "");
        return given.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Token.of(given).orElseThrow(() -> CommandEnd.usage(words.text("cli.usage.no-token", TOKEN))));
    }

    private Optional<SSLContext> trust(Words words) {
        if (authorities == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Trust.in(authorities));
        } catch (IOException | GeneralSecurityException unusable) {
            throw CommandEnd.usage(words.text("cli.usage.unreadable", EntryName.shown(authorities.toString())));
        }
    }
}
