package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.App;
import org.sessionpro.backend.config.AppleSettings.BundleId;
import org.sessionpro.backend.config.AppleSettings.Environment;
import org.sessionpro.backend.config.AppleSettings.Trust;
import org.sessionpro.backend.store.apple.Notification.SignedText;
import org.sessionpro.backend.store.apple.SignedData.Verified.Genuine;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// Notifications that Apple's sandbox really sent, and what is expected of them. They are no part of the
/// project; where they are not at hand, whatever asks for them is skipped.
///
/// @param folder with the bodies as Apple posted them
record AppleSandbox(Path folder) {
  /// Beside the project, or beside a folder that it is in.
  private static final Path FOLDER = Path.of("shared", "data", "apple-sandbox");

  static AppleSandbox orSkip() {
    @Nullable Path found = null;
    for (Path above = Path.of("").toAbsolutePath();
        above != null && found == null;
        above = above.getParent()) {
      found = Files.isDirectory(above.resolve(FOLDER)) ? above.resolve(FOLDER) : null;
    }
    assumeTrue(found != null, "the notifications are not at hand");
    return new AppleSandbox(Objects.requireNonNull(found));
  }

  /// Believes the root that comes with the project, and asks nobody.
  static AppleSignedData reader() {
    AppleSettings base = Payloads.settings();
    AppleSettings settings =
        new AppleSettings(
            new App(
                new BundleId("com.loki-project.loki-messenger"),
                1_470_168_868L,
                Environment.SANDBOX),
            null,
            new Trust(List.of(), false, false),
            base.catalogue(),
            base.api(),
            base.catchUp(),
            base.rate());
    return new AppleSignedData(settings, RootCertificates.of(settings), () -> Instant.EPOCH);
  }

  /// The names of all of them, in the order in which they came.
  List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  SignedText payload(String file) throws IOException {
    JsonValue text =
        JsonObject.parse(Files.readAllBytes(folder.resolve(file)))
            .member("signedPayload")
            .orElseThrow();
    return new SignedText(((JsonValue.Text) text).value());
  }

  /// What was written down of them.
  List<String> expectations() throws IOException {
    return Files.readAllLines(folder.resolve("README.md"));
  }

  static <T> T genuine(SignedData.Verified<T> verified) {
    assertThat(verified).isInstanceOf(Genuine.class);
    return ((Genuine<T>) verified).value();
  }
}
