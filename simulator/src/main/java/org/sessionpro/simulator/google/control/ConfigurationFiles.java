package org.sessionpro.simulator.google.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sessionpro.simulator.control.Section;
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
      new Section(
              "google",
              "A simulated Google Play.",
              "with_provider_google_play",
              settings(url, credentials))
          .write(folder);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write the configuration into " + folder, unwritable);
    }
  }

  private static Map<String, String> settings(URI url, Path credentials) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("package_name", SessionCatalogue.PACKAGE.toString());
    settings.put("cloud_project_id", PubSubApi.PROJECT);
    settings.put("cloud_subscription_name", PubSubApi.SUBSCRIPTION);
    settings.put("subscription_product_id", SessionCatalogue.SESSION_PRO.toString());
    settings.put("cloud_app_credentials_path", credentials.toString());
    settings.put("base_plans", Section.map(SessionCatalogue.mappedPlans()));
    settings.put("one_time_products", Section.map(SessionCatalogue.mappedProducts()));
    settings.put("accept_test_purchases", "false");
    settings.put("api_root_url", url + "/");
    settings.put("pubsub_root_url", url + "/");
    return settings;
  }
}
