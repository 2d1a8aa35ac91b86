package org.etcdmedic.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.etcdmedic.api.ReadersLanguage;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Keeps the reader's choice of a language in the browser. */
@Controller
class LanguageSwitch {
    private static final Duration KEPT = Duration.ofDays(365);

    @GetMapping("/ui/language")
    String choose(
            @RequestParam String to,
            @RequestParam(defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        ReadersLanguage.of(to).ifPresent(language -> {
            ResponseCookie cookie = ResponseCookie.from(ReadersLanguage.COOKIE, language.toLanguageTag())
                    .path("/")
                    .maxAge(KEPT)
                    .httpOnly(true)
                    .secure(request.isSecure())
                    .sameSite("Lax")
                    .build();
            response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        });
        return "redirect:" + (own(back) ? back : "/");
    }

    /** Only our own pages are gone back to; {@code //elsewhere} and a backslash would lead away. */
    private static boolean own(String back) {
        boolean page = back.equals("/") || back.startsWith("/?") || back.startsWith("/ui/");
        return page && back.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    }
}
