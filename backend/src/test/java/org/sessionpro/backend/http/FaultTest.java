package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.RequestId;
import org.sessionpro.backend.telemetry.StalledLog;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;

/// Handlers that fail (`decisions.md` §1, "fault").
class FaultTest {
  private static final byte[] SECRET = "{\"sig\":\"5ec4e7\"}".getBytes(StandardCharsets.UTF_8);

  private static TestServer server;

  private final Logger logger = (Logger) LoggerName.BACKEND.logger();
  private final List<String> references = new ArrayList<>();
  private final ListAppender<ILoggingEvent> log =
      new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
          references.add(String.valueOf(RequestId.current()));
          super.append(event);
        }
      };

  @BeforeAll
  static void start() {
    FaultAnswer envelope =
        (exchange, id) ->
            Reply.json(
                ByteString.of(("{\"ref\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8)),
                Contract.V1);
    FaultAnswer broken =
        (exchange, id) -> {
          throw new IllegalStateException("no words");
        };
    server =
        TestServer.start(
            TestServer.echo(),
            TestServer.boom(),
            failing("/envelope", envelope, FaultTest::inner),
            failing("/broken", broken, FaultTest::inner),
            failing("/bad", FaultAnswer.plain(), FaultTest::bad),
            failing("/deep", FaultAnswer.plain(), FaultTest::deep),
            failing("/told", FaultAnswer.plain(), FaultTest::told));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger.setAdditive(true);
    logger.detachAppender(log);
  }

  private static Reply inner(Exchange exchange) {
    throw new IllegalArgumentException("inner");
  }

  private static Reply bad(Exchange exchange) {
    throw new BadRequest("body", "must be better");
  }

  private static Reply told(Exchange exchange) {
    LoggerName.BACKEND.logger().warn("a step before");
    throw new IllegalStateException("told");
  }

  private static Reply deep(Exchange exchange) {
    throw new StackOverflowError();
  }

  private static Route failing(String path, FaultAnswer answer, Route.Handler handler) {
    return new Route(path, Set.of(Method.POST), Route.Reach.CLIENTS, 1_000, answer, handler);
  }

  private static RawClient.Answer post(String path) throws IOException {
    return RawClient.ask(server.address(), "POST " + path + " HTTP/1.1\r\nHost: h\r\n", SECRET);
  }

  private static void assertPlainFault(RawClient.Answer answer) {
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.text()).matches("Internal error, reference [0-9a-f]{16}\n");
  }

  @Test
  void aFaultIsShortTextWhereTheRouteSaysSo() throws IOException {
    assertPlainFault(post("/boom"));
  }

  @Test
  void aFaultIsTheEnvelopeWhereTheRouteHasOne() throws IOException {
    RawClient.Answer answer = post("/envelope");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).matches("\\{\"ref\":\"[0-9a-f]{16}\"}");
  }

  @Test
  void aFaultInTheEnvelopeIsShortText() throws IOException {
    assertPlainFault(post("/broken"));
  }

  @Test
  void badInputThatTheHandlerLetsThroughIsAFaultOfTheHandler() throws IOException {
    assertPlainFault(post("/bad"));
  }

  @Test
  void anErrorIsAnsweredToo() throws IOException {
    assertPlainFault(post("/deep"));
  }

  @Test
  void theConnectionOutlivesAFault() throws IOException {
    try (RawClient client = RawClient.to(server.address())) {
      client.send("POST /boom HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
      assertPlainFault(client.read());
      client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}");
      assertThat(client.read().text()).isEqualTo("{}");
    }
  }

  @Test
  void aFaultIsLoggedOnceUnderTheReferenceThatTheClientGets() throws IOException {
    String reference = post("/boom").text().replaceAll(".* |\n", "");
    List<ILoggingEvent> events = List.copyOf(log.list);
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().getLevel()).isEqualTo(Level.ERROR);
    assertThat(events.getFirst().getLoggerName()).isEqualTo("backend");
    assertThat(events.getFirst().getFormattedMessage()).isEqualTo("fault on /boom");
    assertThat(references).containsExactly(reference);
  }

  @Test
  void allLinesAboutOneRequestHaveItsReferenceAndNoOtherHasIt() throws IOException {
    String first = post("/told").text().replaceAll(".* |\n", "");
    String second = post("/told").text().replaceAll(".* |\n", "");

    assertThat(references).containsExactly(first, first, second, second);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noFaultWaitsForALogThatTakesNoLines() throws IOException {
    try (StalledLog _ = new StalledLog()) {
      for (int i = 0; i < 3 * StalledLog.PLACES; i++) {
        assertPlainFault(post(i % 2 == 0 ? "/boom" : "/broken"));
      }
    }
  }

  @Test
  void aFaultIsCountedAsOneWhateverItsStatus() throws Exception {
    post("/envelope");
    Access access = server.nextAccess();
    while (!access.route().equals("/envelope")) {
      access = server.nextAccess();
    }
    assertThat(access.fault()).isTrue();
    assertThat(access.status()).isEqualTo(200);
  }
}
