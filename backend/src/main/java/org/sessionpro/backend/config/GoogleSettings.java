package org.sessionpro.backend.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.sessionpro.protocol.Plan;

/// The Google Play provider (`decisions-stores.md` §6, `google-play.md` §8); absent while it is
/// switched off.
///
/// @param packageName of the app whose purchases count
/// @param queue where Google Play publishes its notifications
/// @param credentials the file with the service account
/// @param catalogue what is sold, and what it is here
/// @param endpoints where Google's interfaces are
/// @param voidListInterval between two readings of the list of voided purchases; zero is never
/// @param maxRequestsPerSecond 1 to 50
public record GoogleSettings(
    PackageName packageName,
    Queue queue,
    Path credentials,
    Catalogue catalogue,
    Endpoints endpoints,
    Duration voidListInterval,
    int maxRequestsPerSecond) {
  static final Duration DEFAULT_VOID_LIST_INTERVAL = Duration.ofHours(6);
  static final Duration MAX_VOID_LIST_INTERVAL = Duration.ofDays(20);
  static final int DEFAULT_REQUESTS_PER_SECOND = 10;
  static final int MAX_REQUESTS_PER_SECOND = 50;

  /// The name of an Android app.
  public record PackageName(String value) {}

  /// A Pub/Sub subscription.
  public record Queue(String project, String subscription) {
    /// Its full name, as Pub/Sub wants it.
    public String name() {
      return "projects/" + project + "/subscriptions/" + subscription;
    }
  }

  /// Something that Google Play sells.
  public record ProductId(String value) {}

  /// A way in which a subscription is sold: how long a cycle is and what it costs.
  public record BasePlanId(String value) {}

  /// What is sold, and what it is here.
  ///
  /// @param subscription the one subscription whose purchases count
  /// @param basePlans the plan of each way in which it is sold
  /// @param oneTime what is bought once: each grants the length of its plan ([#length(Plan)])
  /// @param acceptsTestPurchases whether purchases of licence testers count
  public record Catalogue(
      ProductId subscription,
      Map<BasePlanId, Plan> basePlans,
      Map<ProductId, Plan> oneTime,
      boolean acceptsTestPurchases) {
    private static final Map<BasePlanId, Plan> DEFAULT_BASE_PLANS =
        Map.of(
            new BasePlanId("session-pro-1-month"), new Plan("1m"),
            new BasePlanId("session-pro-3-months"), new Plan("3m"),
            new BasePlanId("session-pro-12-months"), new Plan("1y"));

    public Catalogue {
      basePlans = Map.copyOf(basePlans);
      oneTime = Map.copyOf(oneTime);
    }

    /// The base plans that count unless the operator says otherwise.
    public static Map<BasePlanId, Plan> defaultBasePlans() {
      return DEFAULT_BASE_PLANS;
    }

    /// How long one piece of a one-time product of that plan runs, as [StoreSettings#length(Plan)].
    public static Duration length(Plan plan) {
      return StoreSettings.length(plan);
    }
  }

  /// Where Google's interfaces are. Each ends with a slash.
  public record Endpoints(URI play, URI pubSub) {
    public static final Endpoints GOOGLE =
        new Endpoints(
            URI.create("https://androidpublisher.googleapis.com/"),
            URI.create("https://pubsub.googleapis.com/"));
  }
}
