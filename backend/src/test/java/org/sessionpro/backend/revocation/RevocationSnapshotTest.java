package org.sessionpro.backend.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.entitlement.ProofGrid;
import org.sessionpro.protocol.v0.ProRevocations;
import org.sessionpro.protocol.v1.RevocationList;

/// The time for which a revocation is listed (`entitlement.md` §9.2).
class RevocationSnapshotTest {
  @Test
  void everyProofRunsOutBeforeTheEntryThatRevokesIt() {
    assertThatCode(() ->
            RevocationSnapshot.requireToOutlast(
                ProofGrid.CLAMP.plus(ProofGrid.LEAD).plus(ProofGrid.PERIOD)))
        .doesNotThrowAnyException();
  }

  @Test
  void aProofMayLiveExactlyAsLongAsAnEntryIsListed() {
    assertThatCode(() -> RevocationSnapshot.requireToOutlast(RevocationSnapshot.RETENTION))
        .doesNotThrowAnyException();
  }

  @Test
  void proofsThatCouldOutliveAnEntryAreRefused() {
    Duration longer = RevocationSnapshot.RETENTION.plusNanos(1);
    assertThatThrownBy(() -> RevocationSnapshot.requireToOutlast(longer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PT744H");
  }

  @Test
  void clientsOfV1AreToldTheTimeForWhichEntriesAreListed() {
    assertThat(RevocationList.RETAIN_FOR).isEqualTo(RevocationSnapshot.RETENTION);
  }

  @Test
  void clientsOfV0AreToldTheTimeForWhichEntriesAreListed() {
    assertThat(ProRevocations.Item.RETENTION).isEqualTo(RevocationSnapshot.RETENTION);
  }
}
