package org.sessionpro.backend.http.v1;

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

/// `wire-v1.md` §11.
class GetProRevocationsTest {
  private static final String BEHIND = "{\"ticket\":0}";
  private static final String CURRENT = "{\"ticket\":" + TICKET + "}";
  private static final String EMPTY =
      "{\"status\":\"ok\",\"result\":{\"ticket\":1767225600,\"items\":[],\"retry_in\":86400,"
          + "\"retain_for\":2678400}}";

  private final SnapshotOnHand list = new SnapshotOnHand(2);
  private final GetProRevocations endpoint = new GetProRevocations(list);

  @Test
  void theFullListToTheByte() {
    Reply reply = poll(endpoint, BEHIND, false);
    assertThat(text(reply))
        .isEqualTo(
            "{\"status\":\"ok\",\"result\":{\"ticket\":1767225600,\"items\":["
                + "{\"revocation_tag\":\""
                + "0".repeat(64)
                + "\",\"effective_ts\":1767319200},"
                + "{\"revocation_tag\":\""
                + "0".repeat(63)
                + "1\",\"effective_ts\":1767319200}"
                + "],\"retry_in\":86400,\"retain_for\":2678400}}");
    assertThat(reply.contract()).isEqualTo(Contract.V1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "1767225599", "-123456789012345678901234567890"})
  void aTicketBehindGetsTheFullListWithItsTag(String ticket) {
    Reply reply = poll(endpoint, "{\"ticket\":" + ticket + "}", false);
    assertThat(reply.headers()).containsOnlyKeys(ReplyHeader.ETAG);
    assertThat(text(reply)).contains("revocation_tag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1767225600", "1767225601", "123456789012345678901234567890"})
  void aCurrentOrFutureTicketGetsAnEmptyListWithoutATag(String ticket) {
    Reply reply = poll(endpoint, "{\"ticket\":" + ticket + "}", true);
    assertThat(text(reply)).isEqualTo(EMPTY);
    assertThat(reply.headers()).isEmpty();
  }

  @Test
  void aFullListMayBeCompressed() {
    assertThat(poll(endpoint, BEHIND, true).headers())
        .containsOnlyKeys(ReplyHeader.ETAG, ReplyHeader.CONTENT_ENCODING);
  }

  @Test
  void anUnchangedListIsAnsweredFromWhatIsThere() {
    assertThat(poll(endpoint, CURRENT, false)).isSameAs(poll(endpoint, CURRENT, false));
  }

  @Test
  void aChangeIsInTheNextAnswer() {
    poll(endpoint, CURRENT, false);
    list.revoke();
    assertThat(text(poll(endpoint, CURRENT, false))).contains("\"ticket\":1767225601", "02\"");
  }

  @Test
  void aLongListIsRenderedOnceForAHundredPolls() throws InterruptedException {
    GetProRevocations busy = new GetProRevocations(new SnapshotOnHand(10_000));
    assertThat(renderings(busy, BEHIND)).isOne();
    assertThat(renderings(busy, CURRENT)).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"ticket\":\"1\"}", "{\"ticket\":1.0}", "{\"ticket\":null}"})
  void aRequestThatBreaksTheContractIsRefused(String body) {
    Reply reply = poll(endpoint, body, true);
    assertThat(text(reply)).contains("\"error_code\":\"invalid_request\"");
    assertThat(reply.headers()).isEmpty();
  }
}
