package org.sessionpro.backend.config;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.sessionpro.protocol.Plan;

/// How values are read that the sections of all stores have alike.
///
/// @param reader that finds values and gathers problems
/// @param store in words for the operator
record StoreValues(SettingsReader reader, String store, boolean dev) {
  private static final String PRODUCT = "[A-Za-z0-9][A-Za-z0-9._-]{0,149}";

  /// Whether a store is switched on, by either of the names of its switch.
  boolean isEnabled(Setting present, Setting former) {
    return reader.value(reader.either(present, former), SettingsReader::zeroOrOne, false);
  }

  <T> T required(Setting setting, Function<String, T> rule, T unset) {
    if (reader.given(setting).isEmpty()) {
      reader.miss(setting, "must be set while " + store + " is switched on");
    }
    return reader.value(setting, rule, unset);
  }

  static Function<String, String> named(String pattern, String rule) {
    return text -> {
      if (!text.matches(pattern)) {
        throw new IllegalArgumentException(rule);
      }
      return text;
    };
  }

  /// The id of something that is sold.
  static Function<String, String> product() {
    return named(PRODUCT, "must be the id of a product");
  }

  /// What is bought once: each plan has a length.
  static <K> Map<K, Plan> oneTimeProducts(String text, Function<String, K> type) {
    Map<K, Plan> products = plans(text, type);
    products.values().forEach(StoreSettings::length);
    return products;
  }

  static <K> Map<K, Plan> plans(String text, Function<String, K> type) {
    String rule =
        "must be a list of id=plan, separated by commas, each id once, such as a=1m,b=30d";
    Map<K, Plan> plans = new LinkedHashMap<>();
    for (String entry : text.split(",", -1)) {
      String[] parts = entry.strip().split("=", -1);
      boolean wellFormed = parts.length == 2 && parts[0].matches(PRODUCT);
      Plan plan =
          Plan.ofCode(wellFormed ? parts[1] : "")
              .orElseThrow(() -> new IllegalArgumentException(rule));
      if (plans.put(type.apply(parts[0]), plan) != null) {
        throw new IllegalArgumentException(rule);
      }
    }
    return plans;
  }

  /// Where an interface of the store is, with a slash at its end: elsewhere than at the store only on
  /// this machine, or in any safe place in development mode.
  ///
  /// @param own the store's
  /// @param company whose it is
  URI root(Setting setting, URI own, String company) {
    return reader.value(
        setting,
        text -> {
          URI root = uri(text.endsWith("/") ? text : text + "/");
          boolean allowed =
              root.equals(own) || StoreServer.isLocal(root) || (dev && StoreServer.isSafe(root));
          if (!allowed || root.getUserInfo() != null || root.getQuery() != null) {
            throw new IllegalArgumentException(
                dev
                    ? "must be an HTTPS URL, or one on this machine"
                    : "must be " + company + "'s own URL, or one on this machine");
          }
          return root;
        },
        own);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException("must be a URL", malformed);
    }
  }

  /// A length of time in whole seconds.
  Duration seconds(Setting setting, Duration min, Duration max, Duration unset) {
    return Duration.ofSeconds(
        reader.integer(
            setting, (int) min.toSeconds(), (int) max.toSeconds(), (int) unset.toSeconds()));
  }
}
