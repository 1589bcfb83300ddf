package org.sessionpro.simulator.google.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import org.sessionpro.simulator.google.api.PubSubApi;
import org.sessionpro.simulator.google.api.ServiceAccount;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;

/// The files that point a server at a simulator (`decisions-stores.md` §6, §7): the credentials of its
/// service account, and a section `[google]` that is complete.
public final class ConfigurationFiles {
  public static final String CREDENTIALS = "google-service-account.json";
  public static final String SECTION = "google.ini";

  private ConfigurationFiles() {}

  /// Writes both into a folder, which is made if it is absent.
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
      Files.writeString(folder.resolve(SECTION), section(url, credentials));
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

  private static String map(Map<?, ?> codes) {
    return codes.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
