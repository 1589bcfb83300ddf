package org.sessionpro.backend.store.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.http.FrontDesk.Handled;
import org.sessionpro.simulator.http.Request;

/// How Google's clients reach a simulator in the same process, without a socket between.
final class DeskTransport extends HttpTransport {
  private final FrontDesk desk;
  private final BiConsumer<Request, Handled> observer;

  /// @param observer told of every request and what became of it
  DeskTransport(FrontDesk desk, BiConsumer<Request, Handled> observer) {
    this.desk = desk;
    this.observer = observer;
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
    private final URI url;
    private String authorization = "";

    Outgoing(String method, URI url) {
      this.method = method;
      this.url = url;
    }

    @Override
    public void addHeader(String name, String value) {
      if (name.equalsIgnoreCase("authorization")) {
        authorization = value;
      }
    }

    @Override
    public LowLevelHttpResponse execute() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (getStreamingContent() != null) {
        getStreamingContent().writeTo(body);
      }
      Request request =
          new Request(
              method,
              url.getRawPath(),
              Request.parameters(url.getRawQuery()),
              authorization,
              ByteString.of(body.toByteArray()));
      return new Incoming(handle(request));
    }

    private Answer handle(Request request) throws IOException {
      try {
        Handled handled = desk.handle(request);
        observer.accept(request, handled);
        Answer answer = handled.answer();
        if (answer == null) {
          throw new IOException("the connection was dropped");
        }
        return answer;
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", closing);
      }
    }
  }

  private static final class Incoming extends LowLevelHttpResponse {
    private final Answer answer;
    private final List<Map.Entry<String, String>> headers;

    Incoming(Answer answer) {
      this.answer = answer;
      this.headers = List.copyOf(answer.headers().entrySet());
    }

    @Override
    public InputStream getContent() {
      return new ByteArrayInputStream(answer.body().toByteArray());
    }

    @Override
    public @Nullable String getContentEncoding() {
      return null;
    }

    @Override
    public long getContentLength() {
      return answer.body().size();
    }

    @Override
    public @Nullable String getContentType() {
      return answer.headers().get("content-type");
    }

    @Override
    public String getStatusLine() {
      return "HTTP/1.1 " + answer.status();
    }

    @Override
    public int getStatusCode() {
      return answer.status();
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
