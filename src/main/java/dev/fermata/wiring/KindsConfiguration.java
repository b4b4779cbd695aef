package dev.fermata.wiring;

import dev.fermata.job.CommitPolicy;
import dev.fermata.kind.HandlerFactory;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.JobHandler;
import dev.fermata.kind.Kind;
import dev.fermata.kind.Kinds;
import dev.fermata.kind.Nearest;
import dev.fermata.scope.ApplicationResource;
import dev.fermata.tool.chat.Models;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

/** Makes the kinds out of their blocks of settings and the handlers at hand. */
@Configuration(proxyBeanMethods = false)
class KindsConfiguration {

  private static final ConfigurationPropertyName KINDS =
      ConfigurationPropertyName.of("fermata.kinds");

  /** They close with the application's scope, after the last job, and not as beans. */
  @Bean(destroyMethod = "")
  Models models(FermataSettings settings) {
    try {
      return new Models(settings.chat().models());
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings("fermata.chat.models", e);
    }
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  ApplicationResource modelClients(Models models) {
    return application -> application.hold(models);
  }

  @Bean
  Kinds kinds(
      FermataSettings settings,
      Map<String, HandlerFactory<?>> factories,
      Map<String, JobHandler> handlers,
      ConfigurableEnvironment environment) {
    var names = new TreeSet<>(factories.keySet());
    names.addAll(handlers.keySet());
    settings.kinds().forEach((kind, block) -> requireHandler(kind, block.handler(), names));
    new KnownSettings(settings, factories).check(environment);
    var maker = new KindMaker(settings, factories, handlers, Binder.get(environment));
    var kinds =
        new Kinds(
            settings.kinds().entrySet().stream()
                .map(kind -> maker.make(kind.getKey(), kind.getValue()))
                .toList());
    if (kinds.find(settings.defaultKind()).isEmpty()) {
      throw new InvalidSettings(
          "fermata.default-kind",
          noSuch("kind", settings.defaultKind(), settings.kinds().keySet()));
    }
    return kinds;
  }

  /** Before the rest of its block: what else may stand there depends on it. */
  private static void requireHandler(String kind, String handler, Set<String> known) {
    if (!known.contains(handler)) {
      throw new InvalidSettings(KINDS + "." + kind + ".handler", noSuch("handler", handler, known));
    }
  }

  private static String noSuch(String what, String name, Set<String> known) {
    String hint =
        Nearest.to(name, known)
            .map(near -> "did you mean " + near + "?")
            .orElse("there are " + String.join(", ", known));
    return "there is no " + what + " " + name + "; " + hint;
  }

  private record KindMaker(
      FermataSettings settings,
      Map<String, HandlerFactory<?>> factories,
      Map<String, JobHandler> handlers,
      Binder binder) {

    Kind make(String name, KindSettings block) {
      try {
        Inputs inputs = inputs(block);
        if (!settings.lanes().containsKey(block.lane())) {
          throw new IllegalArgumentException(
              noSuch("lane", block.lane(), settings.lanes().keySet()));
        }
        return new Kind(
            name,
            block.description(),
            block.lane(),
            inputs,
            block.timeout(),
            block.onCrash(),
            new CommitPolicy(block.onCancel(), block.onFailure()),
            block.maxAttempts(),
            block.backoff().backoff(),
            handler(name, block.handler(), inputs));
      } catch (RuntimeException e) {
        throw new InvalidSettings(KINDS + "." + name, e);
      }
    }

    private Inputs inputs(KindSettings block) {
      HandlerFactory<?> factory = factories.get(block.handler());
      return block.inputs().isEmpty() && factory != null
          ? factory.inputs()
          : block.declaredInputs();
    }

    private JobHandler handler(String name, String handler, Inputs inputs) {
      return factories.containsKey(handler)
          ? create(factories.get(handler), name, inputs)
          : Objects.requireNonNull(handlers.get(handler));
    }

    private <S> JobHandler create(HandlerFactory<S> factory, String name, Inputs inputs) {
      return factory.create(name, inputs, bound(name, Bindable.of(factory.settings())));
    }

    /** A name may stand bare, even with capitals or underscores, or in brackets. */
    private <S> S bound(String name, Bindable<S> settings) {
      var inBrackets = KINDS.append("[" + name + "]");
      return binder
          .bind(ConfigurationPropertyName.adapt(KINDS + "." + name, '.'), settings)
          .orElseGet(() -> binder.bindOrCreate(inBrackets, settings, null));
    }
  }
}
