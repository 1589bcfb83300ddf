package org.sessionpro.backend.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.google.api.ServiceAccount;

/// The sections that simulated stores write for a server are joined to its file as they are.
class SimulatedSectionsTest {
  private static final URI URL = URI.create("http://127.0.0.1:1");
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);

  @TempDir private Path folder;

  @Test
  void bothSectionsAreAccepted() throws Exception {
    org.sessionpro.simulator.google.control.ConfigurationFiles.write(
        folder, URL, new ServiceAccount("pro@example.org", "1"));
    org.sessionpro.simulator.apple.control.ConfigurationFiles.write(
        folder,
        URL,
        new AppleSimulator(
            org.sessionpro.simulator.apple.AppleSettings.ofSeed(1),
            new SimulatedClock(NOW),
            InstantSource.fixed(NOW)));

    StoreSettings stores =
        IniFile.of(
                folder,
                """
                [base]
                dev = yes
                with_provider_google_play = true
                with_provider_app_store = true
                """
                    + Files.readString(folder.resolve("google.ini"))
                    + Files.readString(folder.resolve("apple.ini")))
            .settings()
            .jobs()
            .stores();

    assertThat(stores.google()).isNotNull();
    assertThat(stores.apple()).isNotNull();
  }
}
