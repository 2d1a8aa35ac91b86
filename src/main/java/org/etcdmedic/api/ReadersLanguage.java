package org.etcdmedic.api;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * The language of an answer: what the reader has chosen on the page, else {@code Accept-Language}, English where the reader
 * wants neither of the two. What the page fetches and the report that it links follow the choice, for the browser sends it along.
 */
public final class ReadersLanguage extends AcceptHeaderLocaleResolver {
    /** Name of the cookie that holds the choice, as a language tag. */
    public static final String COOKIE = "medic-language";

    /** The languages that there are. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);

    ReadersLanguage() {
        setSupportedLocales(LANGUAGES);
        setDefaultLocale(Locale.ENGLISH);
    }

    /** The language with this tag, when it is one of ours. */
    public static Optional<Locale> of(String tag) {
        return LANGUAGES.stream()
                .filter(language -> language.toLanguageTag().equals(tag))
                .findFirst();
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return Optional.ofNullable(cookie)
                .map(Cookie::getValue)
                .flatMap(ReadersLanguage::of)
                .orElseGet(() -> super.resolveLocale(request));
    }
}
