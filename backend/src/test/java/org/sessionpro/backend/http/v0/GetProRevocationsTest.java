package org.sessionpro.backend.http.v0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionpro.backend.http.SnapshotOnHand.TICKET;
import static org.sessionpro.backend.http.SnapshotOnHand.poll;
import static org.sessionpro.backend.http.SnapshotOnHand.renderings;
import static org.sessionpro.backend.http.SnapshotOnHand.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.http.Contract;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.ReplyHeader;
import org.sessionpro.backend.http.SnapshotOnHand;

/// `wire-v0.md` §5.3 with `decisions.md` §2.
class GetProRevocationsTest {
  private static final String BEHIND = request("0");
  private static final String CURRENT = request("" + TICKET);
  private static final String EMPTY =
      "{\"result\":{\"items\":[],\"retry_in_s\":86400,\"ticket\":1767225600,\"version\":0},"
          + "\"status\":0}";
  private static final String FULL =
      "{\"result\":{\"items\":["
          + "{\"effective_unix_ts_ms\":1767312000000,\"expiry_unix_ts_ms\":1769904000000,"
          + "\"gen_index_hash\":\""
          + "0".repeat(64)
          + "\"},"
          + "{\"effective_unix_ts_ms\":1767312000000,\"expiry_unix_ts_ms\":1769904000000,"
          + "\"gen_index_hash\":\""
          + "0".repeat(63)
          + "1\"}"
          + "],\"retry_in_s\":86400,\"ticket\":1767225600,\"version\":0},\"status\":0}";

  private final SnapshotOnHand list = new SnapshotOnHand(2);
  private final GetProRevocations contractForm = new GetProRevocations(list, 0);

  private static String request(String ticket) {
    return "{\"version\":0,\"ticket\":" + ticket + "}";
  }

  @Test
  void theFullListToTheByte() {
    Reply reply = poll(contractForm, BEHIND, false);
    assertThat(text(reply)).isEqualTo(FULL);
    assertThat(reply.contract()).isEqualTo(Contract.V0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "1767225599", "-123456789012345678901234567890"})
  void aTicketBehindGetsTheFullListWithItsTag(String ticket) {
    Reply reply = poll(contractForm, request(ticket), false);
    assertThat(text(reply)).isEqualTo(FULL);
    assertThat(reply.headers()).containsOnlyKeys(ReplyHeader.ETAG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1767225600", "1767225601", "123456789012345678901234567890"})
  void aCurrentOrFutureTicketGetsAnEmptyListWithoutATag(String ticket) {
    Reply reply = poll(contractForm, request(ticket), true);
    assertThat(text(reply)).isEqualTo(EMPTY);
    assertThat(reply.headers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1767225600", "1767225601"})
  void aListOfUpToTheMaximumIsRepeatedInFull(String ticket) {
    Reply reply = poll(new GetProRevocations(list, 2), request(ticket), false);
    assertThat(text(reply)).isEqualTo(FULL);
    assertThat(reply.headers()).containsOnlyKeys(ReplyHeader.ETAG);
  }

  @Test
  void aListAboveTheMaximumIsNotRepeated() {
    assertThat(text(poll(new GetProRevocations(list, 1), CURRENT, false))).isEqualTo(EMPTY);
  }

  @Test
  void aListThatGrowsAboveTheMaximumIsRepeatedNoMore() {
    GetProRevocations endpoint = new GetProRevocations(list, 2);
    poll(endpoint, CURRENT, false);
    list.revoke();
    assertThat(text(poll(endpoint, request("1767225601"), false))).contains("\"items\":[]");
  }

  @Test
  void aFullListMayBeCompressed() {
    assertThat(poll(contractForm, BEHIND, true).headers())
        .containsOnlyKeys(ReplyHeader.ETAG, ReplyHeader.CONTENT_ENCODING);
  }

  @Test
  void anUnchangedListIsAnsweredFromWhatIsThere() {
    assertThat(poll(contractForm, CURRENT, false)).isSameAs(poll(contractForm, CURRENT, false));
  }

  @Test
  void aLongListIsRenderedOnceForAHundredPolls() throws InterruptedException {
    GetProRevocations busy = new GetProRevocations(new SnapshotOnHand(10_000), 0);
    assertThat(renderings(busy, BEHIND)).isOne();
    assertThat(renderings(busy, CURRENT)).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"version\":1,\"ticket\":0}", "{\"version\":0}", "{}"})
  void aRequestThatBreaksTheContractIsRefused(String body) {
    Reply reply = poll(contractForm, body, true);
    assertThat(text(reply)).contains("\"status\":2");
    assertThat(reply.headers()).isEmpty();
  }
}
