package org.sessionpro.backend.store.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.protocol.PurchaseToken;

/// How far back the list of voided purchases is read, and how far on (`google-play.md` §6.3).
class VoidListTest {
  private static final Instant NOW = Instant.parse("2026-03-04T10:00:00Z");
  private static final Instant EARLIEST = NOW.minus(Duration.ofDays(30)).plus(Duration.ofHours(1));

  @Test
  void beginsADayBeforeItWasReadLast() {
    Instant last = NOW.minus(Duration.ofHours(6));

    assertThat(VoidList.since(last, NOW)).isEqualTo(last.minus(Duration.ofDays(1)));
  }

  @Test
  void beginsNoEarlierThanGoogleRemembers() {
    assertThat(VoidList.since(NOW.minus(Duration.ofDays(29)), NOW)).isEqualTo(EARLIEST);
    assertThat(VoidList.since(NOW.minus(Duration.ofDays(90)), NOW)).isEqualTo(EARLIEST);
    assertThat(VoidList.since(null, NOW)).isEqualTo(EARLIEST);
  }

  @Test
  void aListThatLeadsBackToItsBeginningIsUnreadable() {
    Pages pages = new Pages("b", "a", "b", "a");

    assertThat(new VoidList(pages).read(NOW, _ -> true))
        .isEqualTo(new TryLater<>(Trouble.UNREADABLE));
    assertThat(pages.asked).containsExactly("", "b", "a");
  }

  @Test
  void whoeverWantsNoMoreGetsNoOtherPage() {
    Pages pages = new Pages("b", "c");

    assertThat(new VoidList(pages).read(NOW, _ -> false))
        .isEqualTo(new Answer<>(new PlayApi.Done()));
    assertThat(pages.asked).containsExactly("");
  }

  /// A list of empty pages.
  private static final class Pages implements PlayApi {
    private final List<String> next;
    private final List<String> asked = new ArrayList<>();

    /// @param next where each page says that the list goes on
    Pages(String... next) {
      this.next = List.of(next);
    }

    @Override
    public StoreAnswer<VoidPage> voided(Instant since, @Nullable PageToken page) {
      asked.add(page == null ? "" : page.value());
      return new Answer<>(new VoidPage(List.of(), new PageToken(next.get(asked.size() - 1))));
    }

    @Override
    public StoreAnswer<SubscriptionResource> subscription(PurchaseToken token) {
      throw new AssertionError("nobody asks for a subscription");
    }

    @Override
    public StoreAnswer<ProductResource> product(PurchaseToken token) {
      throw new AssertionError("nobody asks for a product");
    }

    @Override
    public StoreAnswer<Done> acknowledgeSubscription(
        ProductId product, PurchaseToken token, @Nullable Binding owner) {
      throw new AssertionError("nobody acknowledges");
    }

    @Override
    public StoreAnswer<Done> acknowledgeProduct(ProductId product, PurchaseToken token) {
      throw new AssertionError("nobody acknowledges");
    }

    @Override
    public StoreAnswer<List<BasePlan>> basePlans(ProductId subscription) {
      throw new AssertionError("nobody asks for the plans");
    }
  }
}
