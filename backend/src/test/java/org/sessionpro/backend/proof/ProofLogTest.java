package org.sessionpro.backend.proof;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionpro.backend.proof.ProofLog.Protocol;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.backend.telemetry.StalledLog;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.v1.ErrorCode;

/// A log that takes no lines.
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProofLogTest {
  private static final MasterKey ALICE = new MasterKey(ByteString.of(new byte[32]));

  private final ProofLog log = new ProofLog(IdentifierMask.none());

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"RATE_LIMITED", "NOT_SUBSCRIBED", "SUBSCRIPTION_EXPIRED", "REVOKED"})
  void noRefusalWaitsForTheLog(ErrorCode reason) {
    try (StalledLog _ = new StalledLog()) {
      assertThatCode(
              () -> {
                for (int i = 0; i < 3 * StalledLog.PLACES; i++) {
                  log.refused(Protocol.V1, reason, ALICE);
                }
              })
          .doesNotThrowAnyException();
    }
  }
}
