package org.sessionpro.backend.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sessionpro.backend.config.ConfigurationError.Problem;
import org.sessionpro.backend.config.IniDocument.Entry;
import org.sessionpro.backend.config.IniDocument.Section;

/// The settings of an INI file in UTF-8 (`operator-v0.md` §1, `operator-v1.md` §1). Everything in it
/// must be a setting. Booleans are `1`, `yes`, `true`, `on` and `0`, `no`, `false`, `off` in any case.
final class ConfigurationFile implements SettingSource {
  private static final String BASE = "base";
  private static final String LOGGING = "logging";
  private static final String LEVEL_OF = "level-";
  private static final String WEBHOOK = "session_webhook";
  private static final String NAME = "name";
  private static final List<String> WEBHOOK_MEMBERS = List.of("enabled", "url", NAME);
  private static final Pattern WEBHOOK_SECTION = Pattern.compile("session_webhook\\.(.*)");
  private static final Pattern WEBHOOK_NUMBER = Pattern.compile("0|[1-9][0-9]{0,3}");
  private static final Pattern TRAILING_COMMENT = Pattern.compile("\\s[#;]");

  private final String path;
  private final Map<Setting, Given> values = new EnumMap<>(Setting.class);
  private final Map<String, Given> loggerLevels = new LinkedHashMap<>();
  private final SortedMap<Integer, WebhookSection> webhooks = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private boolean readable = true;

  private ConfigurationFile(String path) {
    this.path = path;
  }

  /// Reads the file that a setting names. One that cannot be read says nothing, and is a problem.
  static ConfigurationFile named(Given setting) {
    ConfigurationFile file = new ConfigurationFile(setting.text());
    try {
      file.read(IniDocument.parse(text(setting)));
    } catch (NoSuchFileException | InvalidPathException absent) {
      file.cannotBeRead(setting, "which does not exist");
    } catch (AccessDeniedException forbidden) {
      file.cannotBeRead(setting, "which this user may not read");
    } catch (CharacterCodingException otherEncoding) {
      file.cannotBeRead(setting, "which is not in UTF-8");
    } catch (IOException broken) {
      file.cannotBeRead(setting, "which cannot be read");
    }
    return file;
  }

  private static String text(Given setting) throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of(setting.text()));
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private void cannotBeRead(Given setting, String why) {
    readable = false;
    refuse(setting, "must name a configuration file, not " + setting.text() + ", " + why);
  }

  private void read(IniDocument document) {
    document
        .faults()
        .forEach(it -> problems.add(new Problem(at(it.line()), it.what(), it.expected())));
    if (document.sections().stream().noneMatch(it -> it.name().equals(BASE))) {
      problems.add(
          new Problem(path, "the file", "must have a section [base], if only an empty one"));
    }
    document.sections().forEach(this::read);
    ignoreBehindGap();
  }

  private void read(Section section) {
    if (section.name().equals(WEBHOOK) || WEBHOOK_SECTION.matcher(section.name()).matches()) {
      readWebhook(section);
    } else if (sections().anyMatch(section.name()::equals)) {
      section.entries().forEach(entry -> read(section.name(), entry));
    } else {
      refuse(section.line(), "[" + section.name() + "]", "must be one of " + knownSections());
    }
  }

  private static Stream<String> sections() {
    return Stream.of(Setting.values()).map(Setting::section).filter(it -> !it.isEmpty()).distinct();
  }

  private static String knownSections() {
    return Stream.concat(sections(), Stream.of(WEBHOOK + ".0"))
        .sorted()
        .map(it -> "[" + it + "]")
        .collect(Collectors.joining(", "));
  }

  private void read(String section, Entry entry) {
    Given given = given(section, entry);
    Optional<Setting> setting = Setting.inFile(section, entry.name());
    Optional<Obsolete> obsolete = Obsolete.inFile(section, entry.name());
    if (section.equals(LOGGING) && entry.name().startsWith(LEVEL_OF)) {
      loggerLevels.put(entry.key().substring(LEVEL_OF.length()).strip(), given);
    } else if (obsolete.isPresent()) {
      warnings.add(new Warning(given.name(), given.source(), obsolete.get().advice()));
    } else if (setting.isEmpty()) {
      refuse(entry.line(), given.name(), Setting.NO_SUCH + otherSection(entry.name()));
    } else if (isLiteral(given)) {
      put(setting.get(), given);
    }
  }

  private static String otherSection(String key) {
    return Stream.of(Setting.values())
        .filter(it -> it.key().equals(key) && !it.section().isEmpty())
        .findFirst()
        .map(it -> " here, but in [" + it.section() + "]")
        .orElse("");
  }

  private void put(Setting setting, Given given) {
    if (setting.isBoolean()) {
      bool(given.text())
          .ifPresentOrElse(
              text -> values.put(setting, new Given(text, given.name(), given.source())),
              () -> refuse(given, "must be yes or no"));
    } else if (!given.text().isEmpty()) {
      values.put(setting, given);
    }
  }

  /// In the words of the environment.
  private static Optional<String> bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "yes", "true", "on" -> Optional.of("1");
      case "0", "no", "false", "off" -> Optional.of("0");
      default -> Optional.empty();
    };
  }

  /// Refuses what other readers of such files would take away and this one does not: nothing that is
  /// set here holds any of it.
  private boolean isLiteral(Given given) {
    String text = given.text();
    boolean quoted =
        text.length() > 1
            && "\"'".indexOf(text.charAt(0)) >= 0
            && text.charAt(text.length() - 1) == text.charAt(0);
    boolean commented = TRAILING_COMMENT.matcher(text).find();
    if (quoted) {
      refuse(given, "must not stand in quotes");
    }
    if (commented) {
      refuse(given, "must not be followed by a comment, which has a line of its own");
    }
    return !quoted && !commented;
  }

  private void readWebhook(Section section) {
    String number = section.name().substring(WEBHOOK.length()).replaceFirst("^\\.", "");
    String name = "[" + section.name() + "]";
    if (!WEBHOOK_NUMBER.matcher(number).matches()) {
      refuse(section.line(), name, "must have a number, as in [session_webhook.0]");
      return;
    }
    Map<String, Given> members = new LinkedHashMap<>();
    for (Entry entry : section.entries()) {
      Given given = given(section.name(), entry);
      if (!WEBHOOK_MEMBERS.contains(entry.name())) {
        refuse(given, "must not be set: a webhook has enabled, url and name only");
      } else if (entry.name().equals(NAME) || isLiteral(given)) {
        members.put(entry.name(), withWords(entry.name(), given));
      }
    }
    Given place = new Given("", name, at(section.line()));
    webhooks.put(Integer.parseInt(number), new WebhookSection(place, members));
  }

  private static Given withWords(String member, Given given) {
    String text = member.equals("enabled") ? bool(given.text()).orElse("") : given.text();
    return new Given(text, given.name(), given.source());
  }

  /// Earlier servers saw nothing behind a gap, and files for them may have one.
  private void ignoreBehindGap() {
    int first = 0;
    while (webhooks.containsKey(first)) {
      first++;
    }
    String advice =
        "has no effect, for there is no [session_webhook."
            + first
            + "]: the numbers must have no gap";
    webhooks
        .tailMap(first)
        .values()
        .forEach(behind ->
            warnings.add(new Warning(behind.place().name(), behind.place().source(), advice)));
    webhooks.tailMap(first).clear();
  }

  private Given given(String section, Entry entry) {
    String key = entry.name().startsWith(LEVEL_OF) ? entry.key() : entry.name();
    return new Given(entry.value(), "[" + section + "] " + key, at(entry.line()));
  }

  private String at(int line) {
    return path + ":" + line;
  }

  private void refuse(int line, String name, String expected) {
    problems.add(new Problem(at(line), name, expected));
  }

  private void refuse(Given given, String expected) {
    problems.add(new Problem(given.source(), given.name(), expected));
  }

  @Override
  public Optional<Given> find(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  @Override
  public boolean isReadable() {
    return readable;
  }

  @Override
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  @Override
  public List<Warning> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public Map<String, Given> loggerLevels() {
    return Collections.unmodifiableMap(loggerLevels);
  }

  @Override
  public List<WebhookSection> webhooks() {
    return List.copyOf(webhooks.values());
  }

  @Override
  public Optional<Given> missing(Setting setting) {
    return setting.section().isEmpty()
        ? Optional.empty()
        : Optional.of(new Given("", setting.inFile(), path));
  }

  /// Values may be secret.
  @Override
  public String toString() {
    return path;
  }
}
