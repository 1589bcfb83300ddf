package org.sessionpro.backend.store.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.BoundedHttp;

/// How Google's clients reach Google (`google-play.md` §11).
final class BoundedTransport extends HttpTransport {
  /// Longest body of an answer but that of a pull, in bytes.
  static final int MAX_BODY = 1 << 20;

  /// Longest body of the answer to a pull, in bytes: one message of the greatest length that Pub/Sub
  /// takes, 10 MB, fits in as base64. While it is read, three times as much memory is needed.
  static final int MAX_PULL = 14 << 20;

  /// What the client underneath writes by itself.
  private static final Set<String> ITS_OWN =
      Set.of("connection", "content-length", "expect", "host");

  private final BoundedHttp http;

  BoundedTransport(BoundedHttp http) {
    this.http = http;
  }

  @Override
  public boolean supportsMethod(String method) {
    return true;
  }

  @Override
  protected LowLevelHttpRequest buildRequest(String method, String url) {
    return new Outgoing(method, URI.create(url));
  }

  private final class Outgoing extends LowLevelHttpRequest {
    private final String method;
    private final HttpRequest.Builder request;

    Outgoing(String method, URI url) {
      this.method = method;
      this.request = HttpRequest.newBuilder(url);
    }

    @Override
    public void addHeader(String name, String value) {
      if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
        request.header(name, value);
      }
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
      if (getContentType() != null) {
        request.header("content-type", getContentType());
      }
      if (getContentEncoding() != null) {
        request.header("content-encoding", getContentEncoding());
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (getStreamingContent() != null) {
        getStreamingContent().writeTo(body);
      }
      request.method(
          method,
          body.size() == 0
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
      return new Incoming(http.exchange(request.build()));
    }
  }

  private static final class Incoming extends LowLevelHttpResponse {
    private final HttpResponse<byte[]> answer;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();

    Incoming(HttpResponse<byte[]> answer) {
      this.answer = answer;
      answer
          .headers()
          .map()
          .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
    }

    private @Nullable String header(String name) {
      return answer.headers().firstValue(name).orElse(null);
    }

    @Override
    public InputStream getContent() {
      return new ByteArrayInputStream(answer.body());
    }

    @Override
    public @Nullable String getContentEncoding() {
      return header("content-encoding");
    }

    @Override
    public long getContentLength() {
      return answer.body().length;
    }

    @Override
    public @Nullable String getContentType() {
      return header("content-type");
    }

    @Override
    public String getStatusLine() {
      return "HTTP/1.1 " + answer.statusCode();
    }

    @Override
    public int getStatusCode() {
      return answer.statusCode();
    }

    @Override
    public String getReasonPhrase() {
      return "";
    }

    @Override
    public int getHeaderCount() {
      return headers.size();
    }

    @Override
    public String getHeaderName(int index) {
      return headers.get(index).getKey();
    }

    @Override
    public String getHeaderValue(int index) {
      return headers.get(index).getValue();
    }
  }
}
