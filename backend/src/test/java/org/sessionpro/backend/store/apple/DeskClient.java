package org.sessionpro.backend.store.apple;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.http.Request;

/// A client of HTTP that reaches a simulator in the same process, without a socket between.
final class DeskClient extends HttpClient {
  private static final Flow.Subscription ALL_AT_ONCE =
      new Flow.Subscription() {
        @Override
        public void request(long pieces) {}

        @Override
        public void cancel() {}
      };

  private final FrontDesk desk;

  DeskClient(FrontDesk desk) {
    this.desk = desk;
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    Answer answer =
        desk.handle(
                new Request(
                    request.method(),
                    request.uri().getRawPath(),
                    Request.parameters(request.uri().getRawQuery()),
                    request.headers().firstValue("Authorization").orElse(""),
                    body(request)))
            .answer();
    if (answer == null) {
      throw new IOException("the connection was dropped");
    }
    HttpHeaders headers =
        HttpHeaders.of(
            answer.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> List.of(one.getValue()))),
            (_, _) -> true);
    BodySubscriber<T> reader = handler.apply(new Head(answer.status(), headers));
    reader.onSubscribe(ALL_AT_ONCE);
    reader.onNext(List.of(ByteBuffer.wrap(answer.body().toByteArray())));
    reader.onComplete();
    return new Response<>(
        request, answer.status(), headers, reader.getBody().toCompletableFuture().join());
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    try {
      return CompletableFuture.completedFuture(send(request, handler));
    } catch (IOException broken) {
      return CompletableFuture.failedFuture(broken);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(closing);
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushed) {
    return sendAsync(request, handler);
  }

  private static ByteString body(HttpRequest request) {
    BodySubscriber<byte[]> reader = BodySubscribers.ofByteArray();
    request
        .bodyPublisher()
        .orElseGet(HttpRequest.BodyPublishers::noBody)
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                reader.onSubscribe(subscription);
              }

              @Override
              public void onNext(ByteBuffer piece) {
                reader.onNext(List.of(piece));
              }

              @Override
              public void onError(Throwable broken) {
                reader.onError(broken);
              }

              @Override
              public void onComplete() {
                reader.onComplete();
              }
            });
    return ByteString.of(reader.getBody().toCompletableFuture().join());
  }

  private record Head(int statusCode, HttpHeaders headers) implements ResponseInfo {
    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  private record Response<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body)
      implements HttpResponse<T> {
    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return Optional.empty();
  }

  @Override
  public Redirect followRedirects() {
    return Redirect.NEVER;
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return Optional.empty();
  }

  @Override
  public SSLContext sslContext() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SSLParameters sslParameters() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return Optional.empty();
  }

  @Override
  public Version version() {
    return Version.HTTP_1_1;
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.empty();
  }
}
