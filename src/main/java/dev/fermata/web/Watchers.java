package dev.fermata.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets in only so many clients that stay for a job, before anything is accepted of what they ask.
 * Each is served by the thread of its request, and so leaves when that is done.
 */
@Component
final class Watchers implements HandlerInterceptor, WebMvcConfigurer {

  private static final String SEATED = Watchers.class.getName();

  private final int most;
  private final Semaphore free;

  Watchers(WebSettings settings) {
    this.most = settings.watchers();
    this.free = new Semaphore(most);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (stays(request, handler)) {
      if (!free.tryAcquire()) {
        throw Problem.TOO_MANY_WATCHERS
            .because(most + " clients wait for jobs or follow them.")
            .with(HttpHeaders.RETRY_AFTER, "10");
      }
      request.setAttribute(SEATED, this);
    }
    return true;
  }

  private static boolean stays(HttpServletRequest request, Object handler) {
    return isForEvents(handler)
        ? EventsController.stream(request).isPresent()
        : Answers.waits(request);
  }

  private static boolean isForEvents(Object handler) {
    return handler instanceof HandlerMethod method
        && method.getBeanType().equals(EventsController.class);
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failed) {
    if (request.getAttribute(SEATED) != null) {
      request.removeAttribute(SEATED);
      free.release();
    }
  }
}
