package org.sessionpro.backend.store.apple;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.ApiKey;
import org.sessionpro.backend.store.BoundedHttp;

/// What there is of Apple here, open until closed: what it signs, and the way to ask it if there is a
/// key for that (`app-store.md` §8).
public final class AppleClients implements AutoCloseable {
  /// A page of notifications has up to 20, each of at most 256 KiB and usually 19.
  private static final int MAX_BODY = 6 << 20;

  private final RootCertificates roots;
  private final SignedData signed;
  private final HttpClient http;
  private final @Nullable AppStoreApi api;

  /// How long requests may take.
  ///
  /// @param connect until there is a connection
  /// @param request a whole request, to the last byte of the answer
  public record Limits(Duration connect, Duration request) {
    public static final Limits STANDARD = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15));
  }

  private AppleClients(
      RootCertificates roots, SignedData signed, HttpClient http, @Nullable AppStoreApi api) {
    this.roots = roots;
    this.signed = signed;
    this.http = http;
    this.api = api;
  }

  /// Reads the files that the settings name; nothing is asked yet.
  ///
  /// @param clock that waits are reckoned by
  /// @throws org.sessionpro.backend.config.ConfigurationError if one of them cannot be used
  public static AppleClients open(AppleSettings settings, Limits limits, InstantSource clock) {
    RootCertificates roots = RootCertificates.of(settings);
    SignedData signed = new AppleSignedData(settings, roots, clock);
    HttpClient http = BoundedHttp.client(limits.connect());
    BoundedHttp bounded = new BoundedHttp(http, limits.request(), MAX_BODY);
    ApiKey key = settings.key();
    try {
      AppStoreApi api =
          key == null
              ? null
              : new AppleServerApi(new AppleTransport(settings, key, bounded), clock);
      return new AppleClients(roots, signed, http, api);
    } catch (RuntimeException refused) {
      http.shutdownNow();
      throw refused;
    }
  }

  public RootCertificates roots() {
    return roots;
  }

  public SignedData signed() {
    return signed;
  }

  /// Null where there is no key for it.
  public @Nullable AppStoreApi api() {
    return api;
  }

  /// Ends every request.
  @Override
  public void close() {
    http.shutdownNow();
  }
}
