package org.sessionpro.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionpro.backend.entitlement.AccountId;
import org.sessionpro.backend.entitlement.Draws;

class AccountShareTest {
  private static List<AccountId> drawn(long before, int some, long all) {
    return new AccountShare(before, some, all).draw(Draws.drawing(new Random(1)));
  }

  @Test
  void accountsThatComeLaterGetGreaterIds() {
    List<AccountId> all = new ArrayList<>();
    for (int before = 0; before < 640; before += 64) {
      all.addAll(drawn(before, 64, 640));
    }

    assertThat(all).extracting(AccountId::value).isSorted().doesNotHaveDuplicates().hasSize(640);
  }

  @Test
  void idsAreSpreadOverMostOfAllThatThereAre() {
    assertThat(drawn(99_936, 64, 100_000).getLast().value()).isGreaterThan(Long.MAX_VALUE / 5 * 4);
  }

  @ParameterizedTest
  @CsvSource({"0, 64, 0", "5000, 64, 10", "1000000, 64, 1000000", "0, 2000, 1"})
  void moreAccountsThanThereShouldBeGetIdsToo(long before, int some, long all) {
    assertThat(drawn(before, some, all)).doesNotHaveDuplicates().hasSize(some);
  }

  @Test
  void nobodyDrawsNothing() {
    assertThat(drawn(3, 0, 3)).isEmpty();
  }
}
