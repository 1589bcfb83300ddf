package org.sessionpro.simulator.apple.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.api.ApiKey;
import org.sessionpro.simulator.apple.catalogue.Catalogue;
import org.sessionpro.simulator.apple.catalogue.SessionCatalogue;
import org.sessionpro.simulator.apple.document.Environment;
import org.sessionpro.simulator.control.Section;

/// The files that point a server at a simulator (`decisions-stores.md` §6, §7): the root certificate
/// that it must trust, the key that lets it in, and a section `[apple]` that is complete, also as
/// variables of the environment.
public final class ConfigurationFiles {
  public static final String ROOT = "apple-root.pem";
  public static final String SECTION = "apple.ini";
  public static final String ENVIRONMENT = "apple.env";

  private ConfigurationFiles() {}

  /// Writes all into a folder, which is made if it is absent.
  ///
  /// @param url where the simulator is, without a slash at the end
  /// @throws UncheckedIOException if they cannot be written
  public static void write(Path folder, URI url, AppleSimulator simulator) {
    Path absolute = folder.toAbsolutePath();
    try {
      Files.createDirectories(absolute);
      Path key = simulator.key().write(absolute);
      Path root = absolute.resolve(ROOT);
      Files.writeString(root, simulator.pki().rootPem());
      new Section(
              "apple",
              "A simulated App Store.",
              "with_provider_app_store",
              settings(simulator, url, key, root))
          .write(absolute);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("cannot write the configuration into " + folder, unwritable);
    }
  }

  private static Map<String, String> settings(
      AppleSimulator simulator, URI url, Path key, Path root) {
    Catalogue catalogue = simulator.documents().catalogue();
    boolean sandbox = simulator.documents().environment() == Environment.SANDBOX;
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("bundle_id", catalogue.bundle().value());
    settings.put("sandbox_env", Boolean.toString(sandbox));
    settings.put("app_id", Long.toString(catalogue.appId()));
    settings.put("issuer_id", ApiKey.ISSUER);
    settings.put("key_id", ApiKey.ID);
    settings.put("key_path", key.toString());
    settings.put("root_certificates", root.toString());
    settings.put("allow_custom_roots", "true");
    settings.put("online_checks", "false");
    settings.put("products", Section.map(SessionCatalogue.mappedPlans()));
    settings.put("one_time_products", Section.map(SessionCatalogue.mappedProducts()));
    settings.put("api_base_url", url + "/");
    return settings;
  }
}
