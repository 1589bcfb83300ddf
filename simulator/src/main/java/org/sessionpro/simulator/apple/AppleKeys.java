package org.sessionpro.simulator.apple;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.apple.api.ApiKey;
import org.sessionpro.simulator.apple.api.AppleService;
import org.sessionpro.simulator.apple.pki.Pki;

/// The certificates of a simulated App Store and the key for its API. Several simulators may share them,
/// because they take a while to make.
public final class AppleKeys {
  private final AtomicReference<URI> url = new AtomicReference<>(URI.create("http://localhost"));
  private final Pki pki;
  private final ApiKey api;

  private AppleKeys(@Nullable Path kept, InstantSource system) {
    this.pki =
        kept == null
            ? Pki.generate(system, this::responder)
            : Pki.open(kept, system, this::responder);
    this.api = kept == null ? ApiKey.generate() : ApiKey.open(kept);
  }

  /// New ones.
  ///
  /// @param system the system's clock, by which certificates live
  public static AppleKeys generate(InstantSource system) {
    return new AppleKeys(null, system);
  }

  /// Those that are kept in a folder, which are made there if they are absent.
  ///
  /// @param system the system's clock, by which certificates live
  /// @throws UncheckedIOException if they cannot be read or written
  public static AppleKeys open(Path folder, InstantSource system) {
    return new AppleKeys(folder, system);
  }

  private URI responder() {
    return url.get().resolve(AppleService.OCSP_PATH);
  }

  /// Certificates that are made from now on name this place as their responder's.
  void serveAt(URI place) {
    url.set(place);
  }

  public Pki pki() {
    return pki;
  }

  /// What lets a server in.
  public ApiKey api() {
    return api;
  }
}
