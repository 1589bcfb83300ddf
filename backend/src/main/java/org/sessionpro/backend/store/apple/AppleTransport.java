package org.sessionpro.backend.store.apple;

import com.apple.itunes.storekit.client.BaseAppStoreServerAPIClient;
import com.apple.itunes.storekit.client.BearerTokenAuthenticator;
import com.apple.itunes.storekit.model.Environment;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.ApiKey;
import org.sessionpro.backend.store.BoundedHttp;

/// How Apple's client of the App Store Server API reaches Apple (`app-store.md` §8).
final class AppleTransport extends BaseAppStoreServerAPIClient {
  private static final int THROTTLED = 429;

  private final BoundedHttp http;
  private final URI root;

  /// @throws org.sessionpro.backend.config.ConfigurationError if the file of the key cannot be used
  AppleTransport(AppleSettings settings, ApiKey key, BoundedHttp http) {
    super(
        new BearerTokenAuthenticator(
            ApiKeyFile.read(key.file()), key.id(), key.issuer(), settings.app().bundle().value()),
        // Its URL is not used: the root says where to ask.
        Environment.SANDBOX);
    this.http = http;
    this.root = settings.api();
  }

  /// Apple wants to be asked less, and the library would not hand on for how long.
  static final class Limited extends IOException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String retryAfter;

    Limited(@Nullable String retryAfter) {
      super("asked too often");
      this.retryAfter = retryAfter;
    }

    /// What Apple says of when to ask again; null if it does not.
    @Nullable String retryAfter() {
      return retryAfter;
    }
  }

  @Override
  protected HttpResponseInterface makeRequest(
      String path,
      String method,
      @Nullable Map<String, List<String>> query,
      Map<String, String> headers,
      @Nullable String contentType,
      byte @Nullable [] body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path, query))
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    HttpResponse<byte[]> answer = http.exchange(request.build());
    if (answer.statusCode() == THROTTLED) {
      throw new Limited(answer.headers().firstValue("Retry-After").orElse(null));
    }
    return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
  }

  private URI uri(String path, @Nullable Map<String, List<String>> query) {
    String parameters =
        query == null
            ? ""
            : query.entrySet().stream()
                .flatMap(one ->
                    one.getValue().stream()
                        .map(value -> encoded(one.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
    String relative = path.startsWith("/") ? path.substring(1) : path;
    return root.resolve(relative + (parameters.isEmpty() ? "" : "?" + parameters));
  }

  /// As part of a path or a query.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private record Answer(int statusCode, String text) implements HttpResponseInterface {
    @Override
    public Reader body() {
      return new StringReader(text);
    }

    @Override
    public void close() {}
  }
}
