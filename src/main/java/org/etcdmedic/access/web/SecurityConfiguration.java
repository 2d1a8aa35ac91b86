package org.etcdmedic.access.web;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.etcdmedic.access.AccessSettings;
import org.etcdmedic.access.ApiTokens;
import org.etcdmedic.access.Role;
import org.etcdmedic.platform.WrongSetting;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Who may send what. Without tokens and without an issuer everybody on this machine may do everything, and the service
 * refuses to listen elsewhere.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String NOBODY = "local";

    @Bean
    RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.fromHierarchy("""
                ROLE_ADMIN > ROLE_OPERATOR
                ROLE_OPERATOR > ROLE_VIEWER
                ROLE_OPERATOR > ROLE_INTAKE
                ROLE_VIEWER > ROLE_METRICS
                """);
    }

    @Bean
    AuthenticationManager authenticationManager(
            ApiTokens tokens, AccessSettings settings, ObjectProvider<JwtDecoder> issuer) {
        var providers = new ArrayList<AuthenticationProvider>();
        providers.add(new TokenAuthentication(tokens));
        issuer.ifAvailable(decoder -> {
            var provider = new JwtAuthenticationProvider(decoder);
            provider.setJwtAuthenticationConverter(new OidcRoles(settings.oidc()));
            providers.add(provider);
        });
        return new ProviderManager(List.copyOf(providers));
    }

    /** What each filter of the chain takes is nobody's question; that a request was refused is told by its status. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain security(
            HttpSecurity http,
            AuthenticationManager manager,
            AccessSettings settings,
            Openness openness,
            SslBundles bundles,
            Clock clock,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        var refusals = new Refusals(problems);
        return http.authorizeHttpRequests(SecurityConfiguration::rules)
                .oauth2ResourceServer(bearer -> bearer.authenticationManagerResolver(request -> manager)
                        .bearerTokenResolver(new TokenHeaders())
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals))
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals))
                .authenticationManager(manager)
                .anonymous(nobody -> {
                    nobody.principal(NOBODY);
                    nobody.authorities(openness.open() ? Role.ADMIN.authority() : "ROLE_NOBODY");
                })
                .exceptionHandling(e -> e.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // There is no session that a foreign page could ride on; what a browser sends by itself is looked at
                // below.
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .addFilterBefore(new ForeignPages(refusals, openness.open()), SecurityContextHolderFilter.class)
                .addFilterBefore(
                        new SignedSenders(settings.signatures(), refusals, problems, bundles, clock),
                        BearerTokenAuthenticationFilter.class)
                .addFilterAfter(new RequestRates(problems, settings), AuthorizationFilter.class)
                .build();
    }

    /**
     * Whether everybody is let in.
     *
     * @param open true without tokens and without an issuer
     */
    record Openness(boolean open) {}

    @Bean
    Openness openness(
            ApiTokens tokens,
            ObjectProvider<JwtDecoder> issuer,
            ObjectProvider<OAuth2ResourceServerProperties> oidc,
            ServerProperties server,
            Environment environment) {
        boolean open = tokens.isEmpty() && issuer.getIfAvailable() == null;
        if (open) {
            ListeningGuard.openAt(server, environment).ifPresent(property -> {
                throw new OpenServiceException(property);
            });
        }
        boolean anyAudience = oidc.stream()
                .map(OAuth2ResourceServerProperties::getJwt)
                .anyMatch(jwt -> jwt.getAudiences().isEmpty());
        if (issuer.getIfAvailable() != null && anyAudience) {
            throw new WrongSetting(
                    "spring.security.oauth2.resourceserver.jwt.audiences has to name this service: without it every token"
                            + " of the issuer is let in, also those that were made for other services");
        }
        return new Openness(open);
    }

    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry may) {
        may.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                .permitAll()
                // Before the health that everybody may ask for: this one tells what is wrong.
                .requestMatchers(
                        HttpMethod.GET,
                        "/actuator/health/well",
                        "/actuator/health/well/**",
                        "/actuator/prometheus",
                        "/actuator/metrics",
                        "/actuator/metrics/**")
                .hasRole(Role.METRICS.name())
                .requestMatchers(
                        "/livez",
                        "/readyz",
                        "/actuator/health/**",
                        "/swagger-ui.html",
                        "/swagger-ui/**",
                        "/v3/api-docs/**",
                        "/v3/api-docs.yaml")
                .permitAll()
                // Style and script of the page tell nobody anything, and who is not let in is told so by a page, too.
                .requestMatchers(HttpMethod.GET, "/page/**", "/webjars/htmx.org/**")
                .permitAll()
                // Tells nobody anything but whether he may send events, and he asks before he has a token.
                .requestMatchers(HttpMethod.OPTIONS, "/alarms/*")
                .permitAll()
                .requestMatchers(HttpMethod.POST, "/alarms/*/dry-run", "/alarms/rejected/*/resend")
                .hasRole(Role.OPERATOR.name())
                .requestMatchers(HttpMethod.POST, "/alarms", "/alarms/**")
                .hasRole(Role.INTAKE.name())
                .requestMatchers(HttpMethod.PUT, "/alarms/*")
                .hasRole(Role.INTAKE.name())
                .requestMatchers("/audit", "/audit/**")
                .hasRole(Role.ADMIN.name())
                // Who has a package and this knows whom it is about.
                .requestMatchers("/diagnoses/*/bundle/map", "/diagnoses/*/bundle/map/**")
                .hasRole(Role.OPERATOR.name())
                .requestMatchers(
                        HttpMethod.POST,
                        "/diagnoses",
                        "/diagnoses/**",
                        "/replays",
                        "/replays/**",
                        "/tickets/**",
                        "/targets/**")
                .hasRole(Role.OPERATOR.name())
                .requestMatchers(HttpMethod.GET)
                .hasRole(Role.VIEWER.name())
                .requestMatchers(HttpMethod.HEAD)
                .hasRole(Role.VIEWER.name())
                .anyRequest()
                .hasRole(Role.ADMIN.name());
    }
}
