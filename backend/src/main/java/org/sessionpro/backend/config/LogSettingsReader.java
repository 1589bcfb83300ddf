package org.sessionpro.backend.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.SettingSource.Given;
import org.sessionpro.backend.config.SettingSource.WebhookSection;

/// Reads the sections `[logging]` and `[session_webhook.N]` (`operator-v1.md` §1.2 and §1.3).
final class LogSettingsReader {
  private static final String LOGGER = "[A-Za-z0-9_$.-]+";

  private static final URI NOWHERE = URI.create("https://invalid/");

  private final SettingsReader reader;

  /// @param reader that finds values and gathers problems
  LogSettingsReader(SettingsReader reader) {
    this.reader = reader;
  }

  LogSettings settings() {
    return new LogSettings(
        reader.value(Setting.LOG_LEVEL, LogSettingsReader::level, LogLevel.INFO),
        levels(),
        file(),
        reader.value(Setting.LOG_FORMAT, LogSettingsReader::format, LogFormat.TEXT),
        reader.value(Setting.UNSAFE_LOGGING, SettingsReader::zeroOrOne, false),
        webhooks());
  }

  private Map<String, LogLevel> levels() {
    Map<String, LogLevel> levels = new TreeMap<>();
    for (SettingSource source : reader.sources()) {
      source
          .loggerLevels()
          .forEach((logger, given) -> {
            if (!logger.matches(LOGGER)) {
              reader.refuse(given, "must name a logger, as in level-google_play");
            }
            levels.putIfAbsent(
                logger, reader.value(Optional.of(given), LogSettingsReader::level, LogLevel.INFO));
          });
    }
    return levels;
  }

  private @Nullable Path file() {
    return reader
        .value(
            reader.either(Setting.LOG_PATH, Setting.FORMER_LOG_PATH),
            text -> Optional.of(SettingsReader.path(text)),
            Optional.<Path>empty())
        .orElse(null);
  }

  private List<SessionWebhook> webhooks() {
    List<SessionWebhook> webhooks = new ArrayList<>();
    for (SettingSource source : reader.sources()) {
      source.webhooks().forEach(section -> webhooks.add(webhook(section)));
    }
    return webhooks;
  }

  private SessionWebhook webhook(WebhookSection section) {
    Predicate<String> unused = text -> text.isEmpty() && isSwitchedOff(section);
    SessionWebhook webhook =
        new SessionWebhook(
            member(section, "name", text -> unused.test(text) ? text : name(text), ""),
            member(section, "url", text -> unused.test(text) ? NOWHERE : url(text), NOWHERE),
            member(section, "enabled", LogSettingsReader::enabled, false));
    if (webhook.enabled() && !StoreServer.isSafe(webhook.url())) {
      reader.warn(
          Objects.requireNonNull(section.members().get("url")),
          "lets everybody on the way read what is posted: give it an HTTPS URL");
    }
    return webhook;
  }

  /// Whose place is only kept: it needs neither name nor URL.
  private static boolean isSwitchedOff(WebhookSection section) {
    Given enabled = section.members().get("enabled");
    return enabled != null && enabled.text().equals("0");
  }

  private <T> T member(WebhookSection section, String name, Function<String, T> rule, T unset) {
    Optional<Given> given = Optional.ofNullable(section.members().get(name));
    if (given.isEmpty()) {
      Given place = section.place();
      reader.refuse(
          new Given("", place.name() + " " + name, place.source()),
          "must be set: a webhook has enabled, url and name");
    }
    return reader.value(given, rule, unset);
  }

  private static String name(String text) {
    if (text.isBlank() || text.codePointCount(0, text.length()) > SessionWebhook.LONGEST_NAME) {
      throw new IllegalArgumentException(
          "must have from 1 to " + SessionWebhook.LONGEST_NAME + " characters");
    }
    return text;
  }

  private static URI url(String text) {
    String rule = "must be an HTTPS URL, or an HTTP one";
    try {
      URI url = URI.create(text);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean plain = url.getUserInfo() == null && url.getFragment() == null;
      if (web && plain && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException malformed) {
      // Answered as every other URL that cannot be posted to.
    }
    throw new IllegalArgumentException(rule);
  }

  private static boolean enabled(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must be yes or no");
    }
    return text.equals("1");
  }

  static LogLevel level(String text) {
    try {
      return LogLevel.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("must be debug, info, warning, error or critical");
    }
  }

  private static LogFormat format(String text) {
    try {
      return LogFormat.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("must be text or json");
    }
  }
}
