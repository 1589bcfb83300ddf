package org.sessionpro.simulator.google.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sessionpro.simulator.google.api.PubSubApi;
import org.sessionpro.simulator.google.api.ServiceAccount;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;

/// The files that point a server at a simulator (`decisions-stores.md` §6, §7): the credentials of its
/// service account, and a section `[google]` that is complete, also as variables of the environment.
public final class ConfigurationFiles {
  public static final String CREDENTIALS = "google-service-account.json";
  public static final String SECTION = "google.ini";

  /// For a shell: `set -a; . google.env; set +a`.
  public static final String ENVIRONMENT = "google.env";

  private static final String ENABLED = "with_provider_google_play";

  private ConfigurationFiles() {}

  /// Writes all into a folder, which is made if it is absent.
  ///
  /// @param url where the simulator is
  /// @throws UncheckedIOException if they cannot be written
  public static void write(Path folder, URI url, ServiceAccount account) {
    Path credentials = folder.toAbsolutePath().resolve(CREDENTIALS);
    try {
      Files.createDirectories(folder);
      // Whoever can read it can pretend to be the server.
      Files.deleteIfExists(credentials);
      Files.createFile(
          credentials,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(credentials, account.credentials(url.resolve("/token")));
      String section = section(url, credentials);
      Files.writeString(folder.resolve(SECTION), section);
      Files.writeString(folder.resolve(ENVIRONMENT), environment(section));
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write the configuration into " + folder, unwritable);
    }
  }

  private static String section(URI url, Path credentials) {
    return """
    # A simulated Google Play. Join it to the server's configuration and set
    # with_provider_google_play = true in its section [base].
    [google]
    package_name = %s
    cloud_project_id = %s
    cloud_subscription_name = %s
    subscription_product_id = %s
    cloud_app_credentials_path = %s
    base_plans = %s
    one_time_products = %s
    accept_test_purchases = false
    api_root_url = %s/
    pubsub_root_url = %s/
    """
        .formatted(
            SessionCatalogue.PACKAGE,
            PubSubApi.PROJECT,
            PubSubApi.SUBSCRIPTION,
            SessionCatalogue.SESSION_PRO,
            credentials,
            map(SessionCatalogue.mappedPlans()),
            map(SessionCatalogue.mappedProducts()),
            url,
            url);
  }

  /// The same keys as variables, quoted for a shell.
  private static String environment(String section) {
    return section
        .lines()
        .map(line -> line.split(" = ", 2))
        .filter(setting -> setting.length == 2 && setting[0].matches("[a-z_]+"))
        .map(setting -> variable("GOOGLE_" + setting[0], setting[1]))
        .collect(
            Collectors.joining("", "# A simulated Google Play.\n" + variable(ENABLED, "1"), ""));
  }

  private static String variable(String name, String value) {
    String asVariable = value.equals("false") ? "0" : value;
    return "SESH_PRO_BACKEND_"
        + name.toUpperCase(Locale.ROOT)
        + "='"
        + asVariable.replace("'", "'\\''")
        + "'\n";
  }

  private static String map(Map<?, ?> codes) {
    return codes.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
