package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.ByteString;

/// What may be a route and which of them exist inside an onion.
class RouteTableTest {
  private static Route route(String path, Route.Reach reach) {
    return new Route(
        path, Set.of(Method.POST), reach, 10, FaultAnswer.plain(), e -> Reply.plain(200));
  }

  @Test
  void twoRoutesCannotShareAPath() {
    Route one = route("/a", Route.Reach.CLIENTS);
    assertThatIllegalArgumentException().isThrownBy(() -> RouteTable.of(List.of(one, one)));
    assertThatIllegalArgumentException().isThrownBy(() -> RouteTable.of(List.of(one)).with(one));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a", "/a/", "//a", "/a?b", "/a b", "/%61", "/a;b", "/ä"})
  void aPathThatNoRequestCouldMatchIsRefused(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> route(path, Route.Reach.CLIENTS));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10_485_761})
  void aBodyLimitOutOfRangeIsRefused(int limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Route(
                "/a",
                Set.of(Method.POST),
                Route.Reach.CLIENTS,
                limit,
                FaultAnswer.plain(),
                e -> Reply.plain(200)));
  }

  @Test
  void aRouteWithoutMethodIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Route(
                "/a",
                Set.of(),
                Route.Reach.CLIENTS,
                10,
                FaultAnswer.plain(),
                e -> Reply.plain(200)));
  }

  @ParameterizedTest
  @EnumSource(Route.Reach.class)
  void onlyClientRoutesExistInsideAnOnion(Route.Reach reach) {
    RouteTable inside = RouteTable.of(List.of(route("/a", reach))).throughOnion();
    boolean found = inside.resolve("POST", "/a") instanceof Resolution.Serve;
    assertThat(found).isEqualTo(reach == Route.Reach.CLIENTS);
  }

  @Test
  void aReplyRefusesWhatCannotBeSent() {
    Reply reply = Reply.octets(ByteString.of(new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reply.with(ReplyHeader.ETAG, "a\r\nSet-Cookie: b"));
    assertThatIllegalArgumentException().isThrownBy(() -> Reply.plain(199));
    assertThatIllegalArgumentException().isThrownBy(() -> Reply.plain(600));
  }

  @Test
  void noFixedTextLooksLikeAFaultOfARelay() {
    List<String> relayTexts =
        List.of(
            "Next node not found",
            "Next node is currently unreachable",
            "Snode not ready",
            "Service node is not ready",
            "Server busy",
            "Request time out",
            "Invalid response from snode");
    for (int status = 200; status < 600; status++) {
      String text = StatusText.of(status);
      assertThat(relayTexts).noneMatch(text::startsWith);
    }
  }

  @Test
  void anExchangeDoesNotPrintWhatTheClientSent() {
    Exchange exchange =
        new Exchange(
            Method.POST,
            "/a",
            "token=5ec4e7",
            ByteString.of(new byte[] {'s'}),
            false,
            Origin.DIRECT,
            size -> true);
    assertThat(exchange.toString()).isEqualTo("POST /a DIRECT 1 bytes");
  }
}
