package org.etcdmedic.page;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands around every page.
 *
 * @param language of the page, as a tag
 * @param other the other language, as a tag
 * @param here address of the page, with its filters
 */
record Frame(String language, String other, String here) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    static Frame of(HttpServletRequest request, Locale locale) {
        boolean chinese = locale.getLanguage().equals("zh");
        String query = Optional.ofNullable(request.getQueryString())
                .map(text -> "?" + text)
                .orElse("");
        return new Frame(chinese ? "zh-CN" : "en", chinese ? "en" : "zh-CN", request.getRequestURI() + query);
    }

    /** A time as the page shows it until the browser knows better which zone its reader lives in. */
    public String time(Instant at) {
        return TIME.format(at);
    }
}
