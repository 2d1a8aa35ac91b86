package org.etcdmedic.access.web;

import java.util.Optional;
import org.etcdmedic.audit.Actor;
import org.etcdmedic.audit.Actors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Who acts is who sent the request that this thread answers. */
@Component
class RequestActors implements Actors {
    @Override
    public Actor current() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return Actor.SERVICE;
        }
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return new Actor(
                authentication == null ? "unknown" : authentication.getName(),
                Optional.ofNullable(attributes.getRequest().getRemoteAddr()));
    }
}
