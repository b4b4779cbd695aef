package dev.fermata.security;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * What every request passes, in this order. Spring Security's own way to put it together would add
 * what is for sessions, forms and cookies, of which there are none.
 */
@Configuration(proxyBeanMethods = false)
class Door {

  @Bean
  HeaderWriter headers() {
    return new Headers();
  }

  @Bean
  SecurityFilterChain passages(
      Keys keys,
      SecuritySettings settings,
      HeaderWriter headers,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems)
      throws ServletException {
    List<Filter> filters = new ArrayList<>();
    filters.add(new HeaderWriterFilter(List.of(headers)));
    filters.add(new Answering(problems));
    filters.addAll(keys.demanded() ? owners(keys) : strangers(settings));
    if (settings.requests().perSecond() > 0) {
      filters.add(new Pace(settings.requests()));
    }
    return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filters);
  }

  private static List<Filter> owners(Keys keys) throws ServletException {
    var contexts = new RequestAttributeSecurityContextRepository();
    var principal = new SecurityContextHolderAwareRequestFilter();
    principal.afterPropertiesSet();
    return List.of(
        new SecurityContextHolderFilter(contexts),
        new Recognition(keys, contexts),
        principal,
        new Admission());
  }

  /** With keys they would not be needed: a browser adds none by itself. */
  private static List<Filter> strangers(SecuritySettings settings) {
    return settings.ownNamesOnly()
        ? List.of(new OwnName(settings.names()), new OwnPages())
        : List.of(new OwnPages());
  }

  @Bean
  FilterChainProxy springSecurityFilterChain(SecurityFilterChain passages) {
    var proxy = new FilterChainProxy(passages);
    proxy.setFirewall(new AnyAddress());
    return proxy;
  }
}
