package org.sessionpro.backend.http;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.sessionpro.protocol.ByteString;

/// One request over a socket, from the end of its header to its answer.
///
/// Where the answer is known before the body has ended, it is sent at once, and the rest of the body
/// is read and thrown away for as long as the request may take: a client that is still sending when
/// its connection is reset would never see the answer.
final class DirectRequest implements BodyReader.Listener, Gates.Client {
  /// Longest body in bytes that is read to its end before a request is refused for its path or
  /// method, so that the connection can be kept.
  private static final int MAX_IGNORED = 65_536;

  private final Dispatcher dispatcher;
  private final Gates gates;
  private final Request request;
  private final ReplyWriter writer;
  private final Resolution resolution;
  private final ReplyMemory.Room replyRoom;
  private final BodyReader reader;

  DirectRequest(Reception reception, Request request, ReplyWriter writer) {
    this.dispatcher = reception.dispatcher();
    this.gates = reception.gates();
    this.request = request;
    this.writer = writer;
    this.resolution = dispatcher.resolve(request.getMethod(), path());
    this.replyRoom = reception.replyMemory().open();
    this.reader = reader(request, reception.roomFor(resolution));
  }

  private BodyReader reader(Request request, BodyRoom room) {
    Executor executor = request.getComponents().getExecutor();
    return switch (resolution) {
      case Resolution.Serve _ -> BodyReader.keeping(request, executor, room, maxBodyBytes(), this);
      case Resolution.Refuse _ ->
          BodyReader.ignoring(request, executor, room, maxBodyBytes(), this);
    };
  }

  void start() {
    request.addIdleTimeoutListener(reader::timedOut);
    Request.addCompletionListener(request, failure -> giveBack());
    if (request.getLength() > maxBodyBytes()) {
      answerEarly(tooLarge());
    } else if (resolution instanceof Resolution.Refuse refuse && clientWaits()) {
      answerEarly(refuse);
    } else {
      reader.run();
    }
  }

  private int maxBodyBytes() {
    return switch (resolution) {
      case Resolution.Serve serve -> serve.route().maxBodyBytes();
      case Resolution.Refuse _ -> MAX_IGNORED;
    };
  }

  @Override
  public void whole(ByteString body) {
    writer.endPoint().received();
    switch (resolution) {
      case Resolution.Serve serve -> gates.serve(serve.route(), exchange(serve, body), this);
      case Resolution.Refuse refuse -> answer(dispatcher.refuse(refuse, Origin.DIRECT));
    }
  }

  @Override
  public void refused(BodyReader.Refusal why) {
    answerEarly(
        switch (why) {
          case TOO_LONG -> tooLarge();
          case TOO_MANY_PIECES -> plain(400);
          case NO_ROOM -> overloaded();
        });
  }

  @Override
  public void broken(Throwable failure) {
    Resolution.Refuse refuse = plain(failure instanceof TimeoutException ? 408 : 400);
    writer.interrupt(dispatcher.refuse(refuse, Origin.DIRECT), writer::end);
  }

  @Override
  public void discarded() {
    writer.end();
  }

  @Override
  public void waits() {
    writer.endPoint().limitReceiving();
  }

  @Override
  public void answer(Reply reply) {
    reader.giveBack();
    try {
      writer.finish(reply);
    } catch (RuntimeException | Error fault) {
      writer.fail(fault);
    }
  }

  @Override
  public void fail(Throwable fault) {
    writer.fail(fault);
  }

  private void answerEarly(Resolution.Refuse refuse) {
    reader.discard();
    // Reading on would ask a client for the body that it has kept back.
    Runnable next = clientWaits() ? writer::end : reader;
    writer.interrupt(dispatcher.refuse(refuse, Origin.DIRECT), next);
  }

  /// However the exchange ends, and however far it has come.
  private void giveBack() {
    reader.giveBack();
    replyRoom.close();
  }

  private Resolution.Refuse tooLarge() {
    return switch (resolution) {
      case Resolution.Serve serve -> Dispatcher.tooLarge(serve);
      case Resolution.Refuse refuse -> refuse;
    };
  }

  private Resolution.Refuse overloaded() {
    return switch (resolution) {
      case Resolution.Serve serve -> Dispatcher.overloaded(serve.route());
      case Resolution.Refuse refuse -> refuse;
    };
  }

  private Resolution.Refuse plain(int status) {
    String route =
        switch (resolution) {
          case Resolution.Serve serve -> serve.route().path();
          case Resolution.Refuse refuse -> refuse.route();
        };
    return new Resolution.Refuse(route, Reply.plain(status));
  }

  /// Whether the client keeps its body back until it is told to continue.
  private boolean clientWaits() {
    return reader.isAtStart()
        && request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
  }

  private Exchange exchange(Resolution.Serve serve, ByteString body) {
    String query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
    boolean gzip =
        request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).stream()
            .anyMatch("gzip"::equalsIgnoreCase);
    return new Exchange(serve.method(), path(), query, body, gzip, Origin.DIRECT, replyRoom);
  }

  private String path() {
    return Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
  }
}
