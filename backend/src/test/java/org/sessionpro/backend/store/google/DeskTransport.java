package org.sessionpro.backend.store.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import com.google.api.client.testing.http.MockLowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.function.BiConsumer;
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
      return response(handle(request));
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

  private static LowLevelHttpResponse response(Answer answer) {
    MockLowLevelHttpResponse response =
        new MockLowLevelHttpResponse()
            .setStatusCode(answer.status())
            .setContent(answer.body().toByteArray())
            .setContentType(answer.headers().get("content-type"));
    answer.headers().forEach(response::addHeader);
    return response;
  }
}
