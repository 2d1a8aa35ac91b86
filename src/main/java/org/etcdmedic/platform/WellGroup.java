package org.etcdmedic.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * What only people and monitoring ask for stands in the group {@code well} and not in {@code /actuator/health}: load balancers read
 * that, and a service whose key file is gone takes alarms all the same.
 */
@Component
class WellGroup implements HealthEndpointGroupsPostProcessor {
    /** It works, and somebody should look after it. */
    static final Status DEGRADED = new Status("DEGRADED");

    static final Set<String> OURS = Set.of("database", "queue", "workers", "knowledge", "ssh", "outside");

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        Map<String, HealthEndpointGroup> others = new LinkedHashMap<>();
        groups.getNames().forEach(name -> others.put(name, groups.get(name)));
        return HealthEndpointGroups.of(new WithoutOurs(groups.getPrimary()), others);
    }

    private record WithoutOurs(HealthEndpointGroup all) implements HealthEndpointGroup {
        @Override
        public boolean isMember(String name) {
            return !OURS.contains(name) && all.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext who) {
            return all.showComponents(who);
        }

        @Override
        public boolean showDetails(SecurityContext who) {
            return all.showDetails(who);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return all.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return all.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return all.getAdditionalPath();
        }
    }
}
