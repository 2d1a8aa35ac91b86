package org.etcdmedic.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page its {@link Frame}. */
@ControllerAdvice(basePackageClasses = FramedPages.class)
class FramedPages {
    @ModelAttribute("frame")
    Frame frame(HttpServletRequest request, Locale locale) {
        return Frame.of(request, locale);
    }
}
