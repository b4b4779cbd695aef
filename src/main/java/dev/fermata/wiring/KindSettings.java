package dev.fermata.wiring;

import dev.fermata.job.CommitPolicy.Turn;
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
 * @param maxAttempts only 1 is there yet
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
    @DefaultValue("1") int maxAttempts) {

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
