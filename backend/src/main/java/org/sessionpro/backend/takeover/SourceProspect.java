package org.sessionpro.backend.takeover;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.sessionpro.backend.takeover.source.PythonSource;
import org.sessionpro.backend.takeover.source.SourceMessage;

/// What becomes of a database of either generation, as far as both are alike.
abstract class SourceProspect implements Prospect {
  private final PythonSource source;
  private final Instant takenAt;
  private final Options options;
  private final Duration appleKept;
  private final long accounts;

  /// @param appleKept how long after it was signed a message of Apple's production was kept
  SourceProspect(PythonSource source, Instant takenAt, Options options, Duration appleKept) {
    this.source = source;
    this.takenAt = takenAt;
    this.options = options;
    this.appleKept = appleKept;
    this.accounts = source.accounts();
  }

  @Override
  public final Instant takenAt() {
    return takenAt;
  }

  @Override
  public final Options options() {
    return options;
  }

  @Override
  public final long accounts() {
    return accounts;
  }

  @Override
  public final void googleMessages(Consumer<SourceMessage.Google> messages) {
    source.googleMessages(messages);
  }

  @Override
  public final void appleMessages(Consumer<SourceMessage.Apple> messages) {
    Duration kept = options.appleSandbox() ? Duration.ZERO : appleKept;
    source.appleMessages(message -> messages.accept(message.keptFor(kept)));
  }
}
