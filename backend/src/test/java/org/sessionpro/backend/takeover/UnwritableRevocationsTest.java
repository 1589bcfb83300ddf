package org.sessionpro.backend.takeover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sessionpro.backend.takeover.PythonDatabase.DAY;
import static org.sessionpro.backend.takeover.PythonDatabase.NOW;
import static org.sessionpro.backend.takeover.PythonDatabase.key;
import static org.sessionpro.backend.takeover.PythonDatabase.revocation;
import static org.sessionpro.backend.takeover.PythonDatabase.user;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.inbox.MessageId;
import org.sessionpro.backend.inbox.StoreProvider;
import org.sessionpro.backend.takeover.PythonDatabase.Row;
import org.sessionpro.protocol.ByteString;

/// A source whose revocations do not fit into their column.
class UnwritableRevocationsTest extends TakeoverRig {
  /// A message that the token's subscription is in another state.
  private static Row told(long id, boolean handled, int type, String token) {
    String text =
        "{\"subscriptionNotification\":{\"notificationType\":%d,\"purchaseToken\":\"%s\"}}"
            .formatted(type, token);
    String data = Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    return PythonDatabase.googleMessage(
        id, handled, "{\"message\":{\"data\":\"" + data + "\"}}", NOW + DAY);
  }

  private Row google(int number) {
    return source.google(key(number), "token-" + number, "GPA." + number, NOW + DAY);
  }

  @Test
  void whoMayHaveBeenRefundedInVainIsListed() {
    assumeTrue(source.isServer());
    List<String> listed = new ArrayList<>();
    it.ids =
        (code, subject) -> {
          if (code.equals("REVOCATIONS_UNWRITABLE") && subject.kind().equals("account")) {
            listed.add(subject.id().hex());
          }
        };
    it.accepted = Set.of(Anomaly.REVOCATIONS_UNWRITABLE);
    new OddSources(source).fill(Anomaly.REVOCATIONS_UNWRITABLE);
    source.add(
        google(1).with("status", 4).with("revoked_unix_ts_ms", NOW - 2 * DAY),
        google(2).with("status", 4).with("revoked_unix_ts_ms", NOW - 2 * DAY),
        google(3),
        source.apple(key(4), "1000", "1001", NOW + DAY),
        google(5),
        google(6));
    source.add(
        user(1, 11, NOW - 2 * DAY),
        user(2, 12, NOW - 2 * DAY),
        user(3, 13, NOW + DAY),
        user(4, 14, NOW + DAY),
        user(5, 15, NOW + DAY),
        user(6, 16, NOW + DAY));
    source.add(
        revocation(12, 0, NOW + DAY),
        told(1, false, 12, "token-3"),
        told(2, true, 12, "token-5"),
        told(3, false, 4, "token-6"),
        PythonDatabase.trouble(2, "1000"));

    ImportReport report = it.apply(source);

    assertThat(listed).containsExactly(hex(1), hex(3), hex(4));
    assertThat(report.findings().anomalies()).containsEntry(Anomaly.REVOCATIONS_UNWRITABLE, 4L);
    assertThat(report.findings().blocking()).containsEntry(Anomaly.REVOCATIONS_UNWRITABLE, 1L);
    assertThat(report.findings().unexplained()).isEmpty();
    assertThat(it.target.inbox().message(new MessageId(StoreProvider.GOOGLE, "1"))).isPresent();
  }

  private static String hex(int number) {
    return ByteString.of(key(number)).hex();
  }
}
