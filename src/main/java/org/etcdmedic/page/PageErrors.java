package org.etcdmedic.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/**
 * What goes wrong, as a page, where a person's browser asked for one; everything else gets its problem document. The page is
 * written here and not by a view: whoever is not let in comes no further than the door, where there are no views.
 */
final class PageErrors implements HandlerExceptionResolver {
    private static final Logger log = LoggerFactory.getLogger(PageErrors.class);

    private final ITemplateEngine templates;
    private final LocaleResolver languages;

    PageErrors(ITemplateEngine templates, LocaleResolver languages) {
        this.templates = templates;
        this.languages = languages;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        if (!wantsAPage(request)) {
            return null;
        }
        switch (e) {
            case NotThere ignored -> write(request, response, HttpStatus.NOT_FOUND);
            case NoResourceFoundException ignored -> write(request, response, HttpStatus.NOT_FOUND);
            case MethodArgumentTypeMismatchException ignored
            when ofThePage(request) -> write(request, response, HttpStatus.NOT_FOUND);
            case AuthenticationException ignored -> write(request, response, HttpStatus.UNAUTHORIZED);
            case AccessDeniedException ignored -> write(request, response, HttpStatus.FORBIDDEN);
            case DataAccessException gone -> database(gone, request, response);
            case TransactionException gone -> database(gone, request, response);
            default -> {
                return null;
            }
        }
        return new ModelAndView();
    }

    private void database(Exception gone, HttpServletRequest request, HttpServletResponse response) {
        log.error("a page could not be shown because of the database", gone);
        write(request, response, HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** A program that takes anything asks for no page. */
    private static boolean wantsAPage(HttpServletRequest request) {
        return String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains(MediaType.TEXT_HTML_VALUE);
    }

    private static boolean ofThePage(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/ui/");
    }

    private void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status) {
        Locale locale = languages.resolveLocale(request);
        var context = new WebContext(
                JakartaServletWebApplication.buildApplication(request.getServletContext())
                        .buildExchange(request, response),
                locale);
        context.setVariable("frame", Frame.of(request, locale));
        context.setVariable("status", status.value());
        PageHeaders.set(response);
        response.setStatus(status.value());
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try {
            response.getOutputStream()
                    .write(templates.process("page/problem", context).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
