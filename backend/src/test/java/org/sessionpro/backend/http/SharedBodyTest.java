package org.sessionpro.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sessionpro.protocol.ByteString;

/// Answers that many clients get, outside the heap for as long as somebody fetches them.
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedBodyTest {
  private static final int LONG = 1 << 20;

  /// More than sockets take before somebody reads.
  private static final int VERY_LONG = 12 << 20;

  private final long before = OutsideHeap.taken();
  private final List<Body> bodies = new ArrayList<>();

  @AfterEach
  void retire() {
    bodies.forEach(Body::retire);
    assertThat(OutsideHeap.taken()).isEqualTo(before);
  }

  private static ByteString random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return ByteString.of(bytes);
  }

  private Body shared(int size) {
    Body body = Body.shared(random(size));
    bodies.add(body);
    return body;
  }

  private static ByteString read(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return ByteString.of(bytes);
  }

  @Test
  void everybodyGetsAllBytesFromOutsideTheHeap() {
    Body body = shared(LONG);

    for (int i = 0; i < 3; i++) {
      Body.Sent sent = body.toSend();
      assertThat(sent.bytes().isDirect()).isTrue();
      assertThat(read(sent.bytes())).isEqualTo(random(LONG));
      sent.done().run();
    }
  }

  @Test
  void whatNobodyFetchesIsFreedWhenItIsRetired() {
    Body body = shared(LONG);
    assertThat(OutsideHeap.taken()).isEqualTo(before + LONG);
    body.retire();
    body.retire();
    assertThat(OutsideHeap.taken()).isEqualTo(before);
  }

  @Test
  void whatIsFetchedIsFreedAfterTheLastWhoFetchesIt() {
    Body body = shared(LONG);
    Body.Sent one = body.toSend();
    Body.Sent other = body.toSend();
    body.retire();
    one.done().run();
    assertThat(read(other.bytes())).isEqualTo(random(LONG));
    assertThat(OutsideHeap.taken()).isEqualTo(before + LONG);
    other.done().run();
    assertThat(OutsideHeap.taken()).isEqualTo(before);
  }

  @Test
  void whoComesTooLateGetsTheBytesOfTheHeap() {
    Body body = shared(LONG);
    body.retire();
    assertThat(read(body.toSend().bytes())).isEqualTo(random(LONG));
  }

  @Test
  void whatDoesNotFitStaysOnTheHeap() {
    while (OutsideHeap.taken() + LONG <= OutsideHeap.CAPACITY) {
      shared(LONG);
    }
    Body.Sent sent = shared(LONG).toSend();
    assertThat(sent.bytes().isDirect()).isFalse();
    assertThat(read(sent.bytes())).isEqualTo(random(LONG));
  }

  @Test
  void aSlowClientGetsAllOfWhatIsRetiredMeanwhile() throws Exception {
    ByteString list = random(VERY_LONG);
    PreparedReply prepared = PreparedReply.of(Reply.octets(list));
    Route route =
        TestServer.client("/list", Set.of(Method.POST), exchange -> prepared.reply(false))
            .with(new Admission.Gated(Lane.PREPARED));
    String request = "POST /list HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
    try (TestServer server = TestServer.start(route);
        RawClient slow = RawClient.to(server.address())) {
      try (RawClient vanishing = RawClient.to(server.address())) {
        assertThat(vanishing.send(request).staysSilentFor(10_000)).isFalse();
        assertThat(slow.send(request).staysSilentFor(10_000)).isFalse();
        prepared.retire();
      }

      assertThat(OutsideHeap.taken()).isEqualTo(before + VERY_LONG);
      assertThat(slow.read().body()).isEqualTo(list);
    }
    while (OutsideHeap.taken() != before) {
      Thread.onSpinWait();
    }
  }
}
