package org.sessionpro.backend.cli.inspection;

import java.time.InstantSource;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.store.google.GoogleClients;

/// How commands come to Google.
final class GoogleReach {
  private GoogleReach() {}

  /// @throws CommandFailed while Google Play is switched off
  static GoogleSettings settings(Settings settings) {
    GoogleSettings google = settings.jobs().stores().google();
    if (google == null) {
      throw CommandFailed.because(
          "Google Play is switched off: " + Setting.GOOGLE.variable() + " is not 1");
    }
    return google;
  }

  /// The settings of whatever asks Google.
  ///
  /// @throws CommandFailed while Google Play is switched off, or nothing may leave
  static GoogleSettings outside(Settings settings) {
    if (settings.jobs().stores().dryRun()) {
      throw CommandFailed.because(
          "nothing leaves this server: " + Setting.PROVIDER_DRY_RUN.variable() + " is 1");
    }
    return settings(settings);
  }

  static GoogleClients clients(GoogleSettings google, InstantSource clock) {
    return GoogleClients.open(google, GoogleClients.Limits.STANDARD, clock);
  }
}
