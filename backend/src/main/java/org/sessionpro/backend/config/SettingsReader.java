package org.sessionpro.backend.config;

import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.ConfigurationError.Problem;
import org.sessionpro.backend.config.SettingSource.Given;
import org.sessionpro.backend.config.SettingSource.Warning;

/// Makes [Settings] out of sources that override one another.
///
/// Goes on after a problem with the default in place, so that one run tells the operator all of them.
public final class SettingsReader {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final List<SettingSource> sources;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  private SettingsReader(List<SettingSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /// Reads every setting from the first of `sources` that has it.
  ///
  /// @param sources the one that overrides all others first
  /// @throws ConfigurationError with every problem found
  public static Settings read(List<SettingSource> sources) {
    return configuration(sources).settings();
  }

  /// As above, and where the settings come from.
  ///
  /// @param sources the one that overrides all others first
  /// @throws ConfigurationError with every problem found
  public static Configuration configuration(List<SettingSource> sources) {
    SettingsReading reading = look(sources);
    if (!reading.problems().isEmpty()) {
      throw new ConfigurationError(reading.problems());
    }
    return reading.configuration();
  }

  /// As above, usable or not.
  ///
  /// @param sources the one that overrides all others first
  public static SettingsReading look(List<SettingSource> sources) {
    SettingsReader reader = new SettingsReader(sources);
    Settings settings = reader.settings();
    sources.forEach(source -> reader.problems.addAll(source.problems()));
    sources.forEach(source -> reader.warnings.addAll(source.warnings()));
    Map<Setting, Given> given = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      reader.given(setting).ifPresent(it -> given.put(setting, it));
    }
    return new SettingsReading(
        new Configuration(settings, given, others(sources), reader.warnings),
        reader.problems,
        reader.isWhole());
  }

  private static List<Given> others(List<SettingSource> sources) {
    List<Given> others = new ArrayList<>();
    for (SettingSource source : sources) {
      others.addAll(source.loggerLevels().values());
      source.webhooks().forEach(webhook -> others.addAll(webhook.members().values()));
    }
    return others;
  }

  /// Reads what [#read] checks of Google Play.
  ///
  /// @param sources the one that overrides all others first
  /// @return empty while it is switched off
  /// @throws ConfigurationError with every problem found
  public static Optional<GoogleSettings> readGoogle(List<SettingSource> sources) {
    SettingsReader reader = new SettingsReader(sources);
    boolean dev = reader.value(Setting.DEV, SettingsReader::zeroOrOne, false);
    Optional<GoogleSettings> settings = new GoogleSettingsReader(reader, dev).settings();
    reader.requireNoProblems();
    return settings;
  }

  /// Reads what [#read] checks of the App Store.
  ///
  /// @param sources the one that overrides all others first
  /// @return empty while it is switched off
  /// @throws ConfigurationError with every problem found
  public static Optional<AppleSettings> readApple(List<SettingSource> sources) {
    SettingsReader reader = new SettingsReader(sources);
    boolean dev = reader.value(Setting.DEV, SettingsReader::zeroOrOne, false);
    Optional<AppleSettings> settings = new AppleSettingsReader(reader, dev).settings();
    reader.requireNoProblems();
    return settings;
  }

  private void requireNoProblems() {
    sources.forEach(source -> problems.addAll(source.problems()));
    if (!problems.isEmpty()) {
      throw new ConfigurationError(problems);
    }
  }

  private Settings settings() {
    boolean dev = value(Setting.DEV, SettingsReader::zeroOrOne, false);
    HttpSettings http = http(dev);
    StorageSettings storage = new StorageSettingsReader(this, dev).settings();
    boolean dryRun = value(Setting.PROVIDER_DRY_RUN, SettingsReader::zeroOrOne, false);
    DevelopmentSettings development =
        new DevelopmentSettings(dev, clock(dev), dev || endpoints(dryRun));
    return new Settings(
        development,
        http,
        storage,
        keys(dev, storage),
        entitlement(),
        jobs(dev, dryRun, development.tick()),
        new LogSettingsReader(this).settings());
  }

  private @Nullable Path clock(boolean dev) {
    requireDevelopment(dev, Setting.DEV_CLOCK);
    return value(Setting.DEV_CLOCK, text -> Optional.of(path(text)), Optional.<Path>empty())
        .orElse(null);
  }

  private boolean endpoints(boolean dryRun) {
    Optional<Given> given = given(Setting.DEV_ENDPOINTS);
    boolean wanted = value(given, SettingsReader::zeroOrOne, false);
    if (wanted && !dryRun) {
      given.ifPresent(it ->
          refuse(
              it,
              "must not be set without provider_dry_run: anybody could make payments on a server"
                  + " that serves stores"));
    }
    return wanted;
  }

  private void requireDevelopment(boolean dev, Setting setting) {
    if (!dev) {
      given(setting).ifPresent(it -> refuse(it, "must not be set outside development mode"));
    }
  }

  private HttpSettings http(boolean dev) {
    InetAddress bind = bind(Setting.BIND, dev);
    OpsSettings ops =
        new OpsSettings(
            bind(Setting.OPS_BIND, dev),
            integer(Setting.OPS_PORT, 0, 65_535, 0),
            Duration.ofSeconds(integer(Setting.OPS_DRAIN, 0, OpsSettings.MAX_DRAIN_SECONDS, 0)));
    return new HttpSettings(
        bind,
        integer(Setting.PORT, 0, 65_535, HttpSettings.DEFAULT_PORT),
        integer(
            Setting.ONION_MAX_BODY_BYTES,
            HttpSettings.MIN_ONION_BODY,
            HttpSettings.MAX_ONION_BODY,
            HttpSettings.DEFAULT_ONION_BODY),
        given(Setting.OPS_PORT).isEmpty() ? null : ops);
  }

  private InetAddress bind(Setting setting, boolean dev) {
    InetAddress bind = value(setting, SettingsReader::address, LOOPBACK);
    if (dev && !bind.isLoopbackAddress()) {
      given(setting)
          .ifPresent(it ->
              refuse(it, "must be a loopback address in development mode: its key is public"));
    }
    return bind;
  }

  private KeySettings keys(boolean dev, StorageSettings storage) {
    List<Path> previous = value(Setting.ONION_PREVIOUS_KEY_PATHS, SettingsReader::paths, List.of());
    Optional<Given> configured = given(Setting.KEY_PATH);
    if (dev) {
      configured.ifPresent(
          it -> refuse(it, "must not be set in development mode, which has a key of its own"));
      return new KeySettings(new SigningKeySource.Development(), previous);
    }
    SigningKeySource inDirectory =
        new SigningKeySource.DefaultFile(
            storage.dataDirectory().resolve(SigningKeySource.DefaultFile.NAME));
    SigningKeySource signing =
        value(
            Setting.KEY_PATH, text -> new SigningKeySource.ConfiguredFile(path(text)), inDirectory);
    return new KeySettings(signing, previous);
  }

  private EntitlementSettings entitlement() {
    int allowance =
        integer(
            Setting.RENEWAL_LATENCY_ALLOWANCE,
            0,
            (int) EntitlementSettings.MAX_ALLOWANCE.toSeconds(),
            (int) EntitlementSettings.DEFAULT_ALLOWANCE.toSeconds());
    return new EntitlementSettings(
        Duration.ofSeconds(allowance),
        integer(Setting.MAX_PROOFS_PER_WINDOW, 0, Integer.MAX_VALUE, 0),
        integer(
            Setting.V0_REPEAT_REVOCATIONS_MAX,
            0,
            Integer.MAX_VALUE,
            EntitlementSettings.DEFAULT_V0_REPEAT));
  }

  private JobSettings jobs(boolean dev, boolean dryRun, Duration tick) {
    int window =
        integer(
            Setting.VOUCHER_PROCESSING_WINDOW,
            0,
            Integer.MAX_VALUE,
            (int) JobSettings.DEFAULT_WINDOW.toSeconds());
    int lease =
        integer(
            Setting.DEV_JOB_LEASE,
            (int) JobSettings.MIN_LEASE.toSeconds(),
            (int) JobSettings.MAX_LEASE.toSeconds(),
            (int) JobSettings.DEFAULT_LEASE.toSeconds());
    requireDevelopment(dev, Setting.DEV_JOB_LEASE);
    return new JobSettings(
        Duration.ofSeconds(window), Duration.ofSeconds(lease), tick, inbox(), stores(dev, dryRun));
  }

  private StoreSettings stores(boolean dev, boolean dryRun) {
    return new StoreSettings(
        new GoogleSettingsReader(this, dev).settings().orElse(null),
        new AppleSettingsReader(this, dev).settings().orElse(null),
        dryRun);
  }

  private InboxSettings inbox() {
    InboxSettings unset = InboxSettings.DEFAULT;
    return new InboxSettings(
        integer(Setting.INBOX_WORKERS, 1, InboxSettings.MAX_WORKERS, unset.workersPerProvider()),
        integer(Setting.INBOX_MAX_ATTEMPTS, 1, InboxSettings.MAX_ATTEMPTS, unset.maxAttempts()),
        seconds(
            Setting.INBOX_SWEEP_INTERVAL,
            InboxSettings.MIN_SWEEP_INTERVAL,
            InboxSettings.MAX_SWEEP_INTERVAL,
            unset.sweepInterval()),
        seconds(
            Setting.INBOX_RETENTION_GOOGLE,
            unset.retentionGoogle(),
            InboxSettings.MAX_RETENTION,
            unset.retentionGoogle()),
        seconds(
            Setting.INBOX_RETENTION_APPLE,
            unset.retentionApple(),
            InboxSettings.MAX_RETENTION,
            unset.retentionApple()));
  }

  private Duration seconds(Setting setting, Duration min, Duration max, Duration unset) {
    return Duration.ofSeconds(
        integer(setting, (int) min.toSeconds(), (int) max.toSeconds(), (int) unset.toSeconds()));
  }

  Optional<Given> given(Setting setting) {
    return sources.stream().flatMap(source -> source.find(setting).stream()).findFirst();
  }

  /// @param rule throws an `IllegalArgumentException` whose message says what is expected
  <T> T value(Setting setting, Function<String, T> rule, T unset) {
    return value(given(setting), rule, unset);
  }

  <T> T value(Optional<Given> given, Function<String, T> rule, T unset) {
    if (given.isEmpty()) {
      return unset;
    }
    try {
      return rule.apply(given.get().text());
    } catch (IllegalArgumentException broken) {
      refuse(given.get(), String.valueOf(broken.getMessage()));
      return unset;
    }
  }

  int integer(Setting setting, int min, int max, int unset) {
    return value(setting, text -> integer(text, min, max), unset);
  }

  /// A setting that must be there and is not: named as it would be in the file, if there is one. It may
  /// well be in one that cannot be read.
  void miss(Setting setting, String expected) {
    if (!isWhole()) {
      return;
    }
    Given place =
        sources.stream()
            .flatMap(source -> source.missing(setting).stream())
            .findFirst()
            .orElseGet(() -> new Given("", setting.variable(), "nowhere"));
    refuse(place, expected);
  }

  private boolean isWhole() {
    return sources.stream().allMatch(SettingSource::isReadable);
  }

  /// What was given under either of the names of one setting, by the first source that has any.
  Optional<Given> either(Setting present, Setting former) {
    for (SettingSource source : sources) {
      Optional<Given> one = source.find(present);
      Optional<Given> other = source.find(former);
      if (one.isPresent() && other.isPresent()) {
        refuse(other.get(), "must not be set beside " + one.get().name() + ": they are the same");
      }
      if (one.isPresent() || other.isPresent()) {
        return one.or(() -> other);
      }
    }
    return Optional.empty();
  }

  /// The one that overrides all others first.
  List<SettingSource> sources() {
    return sources;
  }

  void warn(Given given, String advice) {
    warnings.add(new Warning(given.name(), given.source(), advice));
  }

  void refuse(Given given, String expected) {
    problems.add(new Problem(given.source(), given.name(), expected));
  }

  static boolean zeroOrOne(String text) {
    return switch (text) {
      case "0" -> false;
      case "1" -> true;
      default -> throw new IllegalArgumentException("must be 0 or 1");
    };
  }

  private static int integer(String text, int min, int max) {
    String rule = "must be a whole number from " + min + " to " + max;
    if (!text.matches("[0-9]{1,10}")) {
      throw new IllegalArgumentException(rule);
    }
    long number = Long.parseLong(text);
    if (number < min || number > max) {
      throw new IllegalArgumentException(rule);
    }
    return (int) number;
  }

  private static InetAddress address(String text) {
    try {
      return text.equals("localhost") ? LOOPBACK : InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException notAnAddress) {
      throw new IllegalArgumentException("must be an IP address or localhost");
    }
  }

  static Path path(String text) {
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException notAPath) {
      // Answered as the empty path is.
    }
    throw new IllegalArgumentException("must be a path that this system can have");
  }

  static List<Path> paths(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(SettingsReader::path).toList();
  }
}
