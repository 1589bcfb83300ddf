package org.sessionpro.backend.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.SettingSource.Given;

/// Makes settings fit to be shown.
final class SettingsView {
  private static final String HIDDEN = "***";

  private final Configuration configuration;
  private final Settings settings;

  SettingsView(Configuration configuration) {
    this.configuration = configuration;
    this.settings = configuration.settings();
  }

  /// Section by section; names of earlier servers only where somebody used them.
  List<ShownSetting> all() {
    List<ShownSetting> shown = new ArrayList<>();
    Arrays.stream(Setting.values())
        .map(Setting::section)
        .distinct()
        .forEach(section ->
            Arrays.stream(Setting.values())
                .filter(it -> it.section().equals(section))
                .filter(this::isShown)
                .forEach(it -> shown.add(shown(it))));
    configuration.others().forEach(it -> shown.add(shown(it)));
    return shown;
  }

  /// Of the names of one setting those that were used, or else the present one.
  private boolean isShown(Setting setting) {
    return isGiven(setting)
        || switch (setting) {
          case GOOGLE -> !isGiven(Setting.GOOGLE_PLATFORM);
          case APPLE -> !isGiven(Setting.APPLE_PLATFORM);
          case LOG_PATH -> !isGiven(Setting.FORMER_LOG_PATH);
          case DB_URL -> !isGiven(Setting.DB_PATH);
          default -> !setting.isFormer();
        };
  }

  private boolean isGiven(Setting setting) {
    return configuration.given().containsKey(setting);
  }

  private ShownSetting shown(Setting setting) {
    Given given = configuration.given().get(setting);
    String name = setting.section().isEmpty() ? setting.variable() : setting.inFile();
    return given == null
        ? new ShownSetting(name, words(setting, unset(setting)), ShownSetting.DEFAULT)
        : new ShownSetting(name, words(setting, given.text()), source(given));
  }

  private static String source(Given given) {
    boolean inFile = given.name().startsWith("[");
    return inFile ? given.source() : given.source() + " " + given.name();
  }

  private static String words(Setting setting, String text) {
    if (setting.isBoolean()) {
      return text.equals("1") ? "yes" : "no";
    }
    return setting == Setting.DB_URL && !text.isEmpty()
        ? DatabaseUrlParser.parse(text).toString()
        : text;
  }

  /// Whoever knows the URL of a webhook can post there.
  private static ShownSetting shown(Given given) {
    String value = given.text();
    if (given.name().endsWith(" url") && !value.isEmpty()) {
      URI url = URI.create(value);
      value = url.getScheme() + "://" + url.getHost() + "/" + HIDDEN;
    } else if (given.name().endsWith(" enabled")) {
      value = value.equals("1") ? "yes" : "no";
    }
    return new ShownSetting(given.name(), value, given.source());
  }

  /// With what follows from other settings.
  private String unset(Setting setting) {
    return switch (setting) {
      case DATA_DIR -> settings.storage().dataDirectory().toString();
      case DB_URL -> settings.storage().database().toString();
      case KEY_PATH -> key(settings.keys().signing());
      case BACKUP_DIRECTORY -> backup(settings.storage().backup());
      case APPLE_SANDBOX_ENV,
          APPLE_ENVIRONMENT,
          APPLE_ONLINE_CHECKS,
          APPLE_API_BASE_URL,
          APPLE_CATCH_UP_WINDOW,
          APPLE_MAX_REQUESTS_PER_SECOND ->
          apple(setting);
      default -> setting.unset();
    };
  }

  private static String backup(@Nullable BackupSettings backup) {
    return backup == null ? "" : backup.directory().toString();
  }

  private static String key(SigningKeySource key) {
    return switch (key) {
      case SigningKeySource.Development _ -> "";
      case SigningKeySource.ConfiguredFile(var file) -> file.toString();
      case SigningKeySource.DefaultFile(var file) -> file.toString();
    };
  }

  private String apple(Setting setting) {
    AppleSettings apple = settings.jobs().stores().apple();
    return apple == null ? setting.unset() : apple(setting, apple);
  }

  private static String apple(Setting setting, AppleSettings apple) {
    return switch (setting) {
      case APPLE_SANDBOX_ENV ->
          apple.app().environment() == AppleSettings.Environment.SANDBOX ? "1" : "0";
      case APPLE_ENVIRONMENT -> apple.app().environment().text();
      case APPLE_ONLINE_CHECKS -> apple.trust().onlineChecks() ? "1" : "0";
      case APPLE_API_BASE_URL -> apple.api().toString();
      case APPLE_CATCH_UP_WINDOW -> Long.toString(apple.catchUp().window().toSeconds());
      default ->
          apple.rate().within().toSeconds() == 1
              ? Integer.toString(apple.rate().requests())
              : Double.toString(
                  (double) apple.rate().requests() / apple.rate().within().toSeconds());
    };
  }
}
