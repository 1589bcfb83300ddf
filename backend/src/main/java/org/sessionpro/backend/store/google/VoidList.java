package org.sessionpro.backend.store.google;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.google.PlayApi.Done;
import org.sessionpro.backend.store.google.PlayApi.PageToken;
import org.sessionpro.backend.store.google.PlayApi.VoidEntry;
import org.sessionpro.backend.store.google.PlayApi.VoidPage;

/// The list of voided purchases: what was taken back and announced to nobody (`google-play.md` §6.3).
public final class VoidList {
  private static final Duration OVERLAP = Duration.ofDays(1);

  /// Google keeps 30 days; an hour less, for clocks differ and reading takes time.
  private static final Duration REACH = Duration.ofDays(30).minus(Duration.ofHours(1));

  private final PlayApi play;

  public VoidList(PlayApi play) {
    this.play = play;
  }

  /// Since when to read.
  ///
  /// @param readAt when it was read to its end last; null if it never was
  public static Instant since(@Nullable Instant readAt, Instant now) {
    Instant earliest = now.minus(REACH);
    Instant wanted = readAt == null ? earliest : readAt.minus(OVERLAP);
    return wanted.isBefore(earliest) ? earliest : wanted;
  }

  /// Reads page after page.
  ///
  /// @param page is given what a page says and tells whether to go on
  /// @return done if the end was reached or nobody wanted to go on, or why the next page could not be
  ///     read. A list that leads back to a page it came from is unreadable
  public StoreAnswer<Done> read(Instant since, Predicate<List<VoidEntry>> page) {
    Set<PageToken> seen = new HashSet<>();
    @Nullable PageToken next = null;
    while (true) {
      StoreAnswer<VoidPage> answer = play.voided(since, next);
      if (!(answer instanceof Answer<VoidPage> read)) {
        return answer.map(_ -> new Done());
      }
      next = read.value().next();
      if (!page.test(read.value().entries()) || next == null) {
        return new Answer<>(new Done());
      }
      if (!seen.add(next)) {
        return new TryLater<>(Trouble.UNREADABLE);
      }
    }
  }
}
