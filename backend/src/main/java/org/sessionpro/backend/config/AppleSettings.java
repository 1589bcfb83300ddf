package org.sessionpro.backend.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.Plan;

/// The App Store provider (`decisions-stores.md` §6, `app-store.md` §10); absent while it is switched
/// off.
///
/// @param app whose purchases count
/// @param key that the App Store Server API is asked with; null for never asking: what Apple sends
///     counts all the same
/// @param trust what is believed to come from Apple
/// @param catalogue what is sold, and what it is here
/// @param api where the App Store Server API is, with a slash at its end
/// @param catchUp how notifications that did not arrive are looked for
/// @param rate how often Apple may be asked
public record AppleSettings(
    App app,
    @Nullable ApiKey key,
    Trust trust,
    Catalogue catalogue,
    URI api,
    CatchUp catchUp,
    Rate rate) {
  /// The same without anything that Apple is asked with: what it sends counts all the same.
  public AppleSettings askingNobody() {
    Trust offline = new Trust(trust.roots(), trust.customRoots(), false);
    return new AppleSettings(app, null, offline, catalogue, api, catchUp, rate);
  }

  /// The app whose purchases count.
  ///
  /// @param id in the App Store; null only outside of production, where Apple does not always state it
  public record App(BundleId bundle, @Nullable Long id, Environment environment) {
    public App {
      if (id == null && environment == Environment.PRODUCTION) {
        throw new IllegalArgumentException("an app in production has a number");
      }
    }
  }

  /// The name of an app of Apple's platforms.
  public record BundleId(String value) {}

  /// Whose purchases count. One server serves one environment.
  public enum Environment {
    PRODUCTION("Production", "https://api.storekit.apple.com/"),
    /// Those of testers, whose time runs faster.
    SANDBOX("Sandbox", "https://api.storekit-sandbox.apple.com/");

    private final String text;
    private final URI api;

    Environment(String text, String api) {
      this.text = text;
      this.api = URI.create(api);
    }

    /// Apple's word for it.
    public String text() {
      return text;
    }

    /// Where Apple's own App Store Server API is.
    public URI api() {
      return api;
    }
  }

  /// A key of the App Store Server API.
  ///
  /// @param issuer who it was issued to
  /// @param id its name
  /// @param file with the key itself
  public record ApiKey(String issuer, String id, Path file) {
    /// Names nobody.
    @Override
    public String toString() {
      return "ApiKey(hidden)";
    }
  }

  /// What is believed to come from Apple.
  ///
  /// @param roots files of the certificates that everything rests on, beside the one that comes with the
  ///     program
  /// @param customRoots whether they may be others than Apple's; if there are any they stand alone
  /// @param onlineChecks whether Apple is asked if certificates were taken back
  public record Trust(List<Root> roots, boolean customRoots, boolean onlineChecks) {
    public Trust {
      roots = List.copyOf(roots);
    }
  }

  /// The file of a certificate, and the setting that names it.
  public record Root(Setting setting, Path file) {}

  /// Something that the App Store sells.
  public record ProductId(String value) {}

  /// What is sold, and what it is here.
  ///
  /// @param subscriptions the plan of each
  /// @param oneTime what is bought once: each grants the length of its plan
  ///     ([StoreSettings#length(Plan)])
  public record Catalogue(Map<ProductId, Plan> subscriptions, Map<ProductId, Plan> oneTime) {
    private static final Map<ProductId, Plan> DEFAULT =
        Map.of(
            new ProductId("com.getsession.org.pro_sub_1_month"), new Plan("1m"),
            new ProductId("com.getsession.org.pro_sub_3_months"), new Plan("3m"),
            new ProductId("com.getsession.org.pro_sub_12_months"), new Plan("1y"));

    public Catalogue {
      subscriptions = Map.copyOf(subscriptions);
      oneTime = Map.copyOf(oneTime);
    }

    /// The subscriptions that are sold unless the operator says otherwise (`app-store.md` §2.2).
    public static Map<ProductId, Plan> defaultSubscriptions() {
      return DEFAULT;
    }
  }

  /// How notifications that did not arrive are looked for.
  ///
  /// @param interval between two looks
  /// @param window how far the first one goes back
  public record CatchUp(Duration interval, Duration window) {
    static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(5);
    static final Duration MIN_INTERVAL = Duration.ofMinutes(1);
    static final Duration MAX_INTERVAL = Duration.ofDays(1);
    static final Duration MIN_WINDOW = Duration.ofHours(1);

    /// How far a look may go back: what Apple keeps, and a margin, because going further fails.
    public static Duration reach(Environment environment) {
      return switch (environment) {
        case PRODUCTION -> Duration.ofDays(175);
        case SANDBOX -> Duration.ofDays(29);
      };
    }

    static Duration defaultWindow(Environment environment) {
      return switch (environment) {
        case PRODUCTION -> Duration.ofDays(30);
        case SANDBOX -> Duration.ofDays(15);
      };
    }
  }

  /// How often something may be done.
  ///
  /// @param requests at least one
  public record Rate(int requests, Duration within) {
    static Rate unset(Environment environment) {
      return switch (environment) {
        case PRODUCTION -> new Rate(5, Duration.ofSeconds(1));
        case SANDBOX -> new Rate(1, Duration.ofSeconds(2));
      };
    }

    /// How many fit into a longer time.
    public long in(Duration time) {
      return requests * time.toMillis() / within.toMillis();
    }
  }
}
