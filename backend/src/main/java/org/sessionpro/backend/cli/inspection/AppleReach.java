package org.sessionpro.backend.cli.inspection;

import java.time.InstantSource;
import org.sessionpro.backend.cli.CommandFailed;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.store.apple.AppStoreApi;
import org.sessionpro.backend.store.apple.AppleClients;

/// How commands come to Apple.
final class AppleReach {
  private AppleReach() {}

  /// The settings of whatever asks Apple.
  ///
  /// @throws CommandFailed while the App Store is switched off, or nothing may leave
  static AppleSettings outside(Settings settings) {
    if (settings.jobs().stores().dryRun()) {
      throw CommandFailed.because(
          "nothing leaves this server: " + Setting.PROVIDER_DRY_RUN.variable() + " is 1");
    }
    AppleSettings apple = settings.jobs().stores().apple();
    if (apple == null) {
      throw CommandFailed.because(
          "the App Store is switched off: " + Setting.APPLE.variable() + " is not 1");
    }
    return apple;
  }

  static AppleClients clients(AppleSettings apple, InstantSource clock) {
    return AppleClients.open(apple, AppleClients.Limits.STANDARD, clock);
  }

  /// @throws CommandFailed where there is no key for it
  static AppStoreApi api(AppleClients clients) {
    AppStoreApi api = clients.api();
    if (api == null) {
      throw CommandFailed.because(
          "there is no key for Apple's API: " + Setting.APPLE_KEY_PATH.variable() + " is not set");
    }
    return api;
  }
}
