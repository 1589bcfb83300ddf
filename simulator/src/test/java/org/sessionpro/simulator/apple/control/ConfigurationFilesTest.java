package org.sessionpro.simulator.apple.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.simulator.apple.AppleRig;
import org.sessionpro.simulator.apple.AppleSettings;
import org.sessionpro.simulator.apple.api.ApiKey;
import org.sessionpro.simulator.apple.document.Environment;
import org.sessionpro.simulator.http.Request;

class ConfigurationFilesTest {
  private static final URI URL = URI.create("http://127.0.0.1:1");

  @TempDir private Path folder;

  @Test
  void nobodyElseCanReadTheKey() throws Exception {
    AppleRig rig = new AppleRig();
    ConfigurationFiles.write(folder, URL, rig.simulator);
    ConfigurationFiles.write(folder, URL, rig.simulator);

    assertThat(Files.getPosixFilePermissions(folder.resolve(ApiKey.fileName())))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void theSandboxSaysThatItIsOne() throws Exception {
    AppleRig rig = new AppleRig(AppleSettings.ofSeed(1).in(Environment.SANDBOX));
    ConfigurationFiles.write(folder, URL, rig.simulator);

    assertThat(Files.readAllLines(folder.resolve(ConfigurationFiles.SECTION)))
        .contains("sandbox_env = true");
  }

  @Test
  void aKeyThatIsKeptLetsTheServerInAfterARestart() throws Exception {
    String bearer = AppleRig.bearer(ApiKey.open(folder), Map.of());
    AppleRig restarted = new AppleRig(AppleSettings.ofSeed(1).keptIn(folder));

    assertThat(
            restarted
                .ask(
                    new Request(
                        "GET", "/inApps/v1/subscriptions/1", Map.of(), bearer, AppleRig.nothing()))
                .status())
        .isEqualTo(404);
  }
}
