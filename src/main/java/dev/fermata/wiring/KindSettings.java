package dev.fermata.wiring;

import dev.fermata.job.CommitPolicy.Turn;
import dev.fermata.kind.Backoff;
import dev.fermata.kind.Format;
import dev.fermata.kind.Input;
import dev.fermata.kind.Inputs;
import dev.fermata.kind.OnCrash;
import dev.fermata.kind.Records;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * What every kind has, whatever its handler.
 *
 * @param handler {@code command}, {@code align}, {@code chat}, or the name of a bean
 * @param timeout how long a job may run; null for no limit
 * @param onCancel what becomes of the turn of a cancelled job on a session
 * @param onFailure what becomes of that of a failed one, or of one that timed out
 * @param maxAttempts how many attempts may fail or time out: the last of them is the job's end
 */
record KindSettings(
    String handler,
    @DefaultValue("default") String lane,
    @DefaultValue("") String description,
    @DefaultValue Map<String, InputSettings> inputs,
    @Nullable Duration timeout,
    @DefaultValue("rerun") OnCrash onCrash,
    @DefaultValue("keep") Turn onCancel,
    @DefaultValue("discard") Turn onFailure,
    @DefaultValue("1") int maxAttempts,
    @DefaultValue BackoffSettings backoff) {

  KindSettings {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("max-attempts must be at least 1");
    }
  }

  /** How long a job rests before it is tried again; see {@link Backoff}. */
  record BackoffSettings(
      @DefaultValue("1s") Duration first,
      @DefaultValue("2") double factor,
      @DefaultValue("1m") Duration max) {

    Backoff backoff() {
      return new Backoff(first, factor, max);
    }
  }

  /** One input of a kind; see {@link Input}. */
  record InputSettings(
      @DefaultValue("false") boolean required,
      @DefaultValue("false") boolean primary,
      @DefaultValue("text") Format format,
      @Name("default") @Nullable String defaultValue,
      @Nullable Pattern pattern,
      @DefaultValue("16MB") DataSize maxSize,
      @DefaultValue("one") Records records) {

    Input named(String name) {
      return new Input(
          name, required, primary, format, defaultValue, pattern, maxSize.toBytes(), records);
    }
  }

  Inputs declaredInputs() {
    return new Inputs(
        inputs.entrySet().stream().map(entry -> entry.getValue().named(entry.getKey())).toList());
  }
}
