package org.etcdmedic.api;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Texts of the API in the language of the request. */
@Component
class Messages {
    private final MessageSource source;

    Messages(MessageSource source) {
        this.source = source;
    }

    String text(String key) {
        return source.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
