package org.sessionpro.backend.store.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.Root;
import org.sessionpro.backend.config.AppleSettings.Trust;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.Setting;

/// What everything that Apple signs rests on.
class RootCertificatesTest {
  private static final TestPki PKI = TestPki.withoutResponder();

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("root"), content);
  }

  private static AppleSettings with(AppleSettings base, boolean custom, Path... files) {
    List<Root> roots =
        List.of(files).stream().map(it -> new Root(Setting.APPLE_ROOT_CERT_PATH, it)).toList();
    return new AppleSettings(
        base.app(),
        base.key(),
        new Trust(roots, custom, false),
        base.catalogue(),
        base.api(),
        base.catchUp(),
        base.rate());
  }

  @Test
  void theOneThatComesWithTheProgramIsAppleRootCaG3() {
    RootCertificates roots = RootCertificates.of(with(Payloads.production(7), false));

    assertThat(roots.all())
        .singleElement()
        .satisfies(root -> {
          assertThat(root.fingerprint())
              .isEqualTo("63343abfb89a6a03ebb57e9b3f5fa7be7c4f5c756f3017b3a8c488c3653e9179");
          assertThat(root.isApples()).isTrue();
          assertThat(root.name()).isEqualTo("Apple Root CA - G3");
        });
  }

  @Test
  void theOneThatComesWithTheProgramCountsBesideOthersOfApples() {
    RootCertificates.Root other = PKI.roots().all().getFirst();

    assertThat(RootCertificates.of(List.of(other), false).all())
        .containsExactly(RootCertificates.vendored(), other);
    assertThat(RootCertificates.of(List.of(other), true).all()).containsExactly(other);
  }

  @Test
  void theOneThatComesWithTheProgramCountsOnceIfItIsNamed() throws IOException {
    Path named =
        Files.write(folder.resolve("der"), RootCertificates.vendored().der().toByteArray());

    assertThat(RootCertificates.of(with(Payloads.production(7), false, named)).all())
        .containsExactly(RootCertificates.vendored());
  }

  @Test
  void filesMayBeInEitherForm() throws IOException {
    Path der = Files.write(folder.resolve("der"), PKI.root().der().toByteArray());

    assertThat(
            RootCertificates.of(with(Payloads.settings(), true, file(PKI.rootAsPem()), der)).all())
        .extracting(RootCertificates.Root::der)
        .hasSize(2)
        .containsOnly(PKI.roots().all().getFirst().der());
  }

  static Stream<AppleSettings> bothEnvironments() {
    return Stream.of(Payloads.production(7), Payloads.settings());
  }

  @ParameterizedTest
  @MethodSource("bothEnvironments")
  void anotherRootThanApplesIsRefused(AppleSettings settings) throws IOException {
    Path other = file(PKI.rootAsPem());

    assertThatThrownBy(() -> RootCertificates.of(with(settings, false, other)))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("SESH_PRO_BACKEND_APPLE_ROOT_CERT_PATH")
        .hasMessageContaining("not Apple's")
        .hasMessageContaining("SESH_PRO_BACKEND_APPLE_ALLOW_CUSTOM_ROOTS");
  }

  @ParameterizedTest
  @MethodSource("bothEnvironments")
  void anotherRootIsTakenIfThatIsAllowed(AppleSettings settings) throws IOException {
    Path other = file(PKI.rootAsPem());

    assertThat(RootCertificates.of(with(settings, true, other)).all()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
  void aFileThatHoldsNoneIsRefusedByTheNameOfItsSetting(String content) throws IOException {
    Path file = file(content);

    assertThatThrownBy(() -> RootCertificates.of(with(Payloads.settings(), true, file)))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("SESH_PRO_BACKEND_APPLE_ROOT_CERT_PATH");
  }

  @Test
  void aFileThatIsNotThereIsRefusedByTheNameOfItsSetting() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> RootCertificates.of(with(Payloads.settings(), true, missing)))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("cannot be read");
  }
}
