package org.sessionpro.backend.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.entitlement.PaymentFact.Claimed;
import org.sessionpro.backend.entitlement.PaymentFact.CreditOpened;
import org.sessionpro.backend.entitlement.PaymentFact.Revoked;
import org.sessionpro.backend.entitlement.PaymentFact.RevokedFor;
import org.sessionpro.backend.entitlement.PaymentFact.TermsStated;
import org.sessionpro.backend.entitlement.PaymentFact.Witnessed;

/// A second reading of `entitlement.md` §6 and §10 that shares no code with the first: it looks at
/// the whole set of facts at once, in no order, and walks time from one instant at which anything
/// changes to the next. Slow, and easy to check against the prose.
public final class NaiveModel {
  private final List<Row> bound;
  private final long allowance;

  /// All facts about one payment; charges among them are ignored.
  public record Row(long id, PaymentKey key, List<PaymentFact> facts) {}

  /// What the facts entitle to, at one instant.
  ///
  /// @param expiry null if nothing ever gave a term
  /// @param usableCoverage end of coverage by what is not revoked
  /// @param remaining what is left of each credit
  /// @param spentAt when each spent credit ran out
  public record Answer(
      @Nullable Instant expiry,
      @Nullable Instant coverage,
      @Nullable Duration grace,
      boolean renewing,
      @Nullable Instant usableCoverage,
      Map<Long, Duration> remaining,
      Map<Long, Instant> spentAt) {}

  private record Term(long expiry, @Nullable Duration grace, boolean renewing, long coverage) {}

  public NaiveModel(List<Row> rows, Duration allowance) {
    this.bound = rows.stream().filter(row -> owner(row) != null).toList();
    this.allowance = micros(allowance);
  }

  /// The answer at `now`, were every fact known by then.
  public Answer at(Instant now) {
    Map<Long, Long> remaining = new TreeMap<>();
    Map<Long, Long> spentAt = new TreeMap<>();
    spend(micros(now), remaining, spentAt);
    List<Row> live =
        bound.stream()
            .filter(row -> isCredit(row) && revocation(row) == null)
            .filter(row -> remaining.getOrDefault(row.id(), 0L) > 0)
            .toList();
    long credits = live.stream().mapToLong(row -> remaining.getOrDefault(row.id(), 0L)).sum();
    long first = live.stream().mapToLong(NaiveModel::redeemed).min().orElse(Long.MIN_VALUE);
    long from = Math.max(micros(now), first);
    Term best = withCredits(winner(spentAt, false), credits, from);
    Term usable = withCredits(winner(spentAt, true), credits, from);
    return new Answer(
        best == null ? null : instant(best.expiry()),
        best == null ? null : instant(best.coverage()),
        best == null ? null : best.grace(),
        best != null && best.renewing(),
        usable == null ? null : instant(usable.coverage()),
        remaining.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> span(e.getValue()))),
        spentAt.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> instant(e.getValue()))));
  }

  /// Step 6 of `entitlement.md` §6.2 by its better rule.
  ///
  /// @param now or when the first of the credits begins, if that is later
  private static @Nullable Term withCredits(@Nullable Term term, long credits, long now) {
    if (credits == 0) {
      return term;
    }
    if (term != null && term.coverage() >= now) {
      return new Term(
          term.expiry() + credits, term.grace(), term.renewing(), term.coverage() + credits);
    }
    return new Term(now + credits, null, false, now + credits);
  }

  /// Steps 2 to 5: every row that may carry the account is tried against every other.
  private @Nullable Term winner(Map<Long, Long> spentAt, boolean onlyUnrevoked) {
    Term winner = null;
    List<Row> newestFirst = bound.stream().sorted(NaiveModel::newerFirst).toList();
    for (Row row : newestFirst) {
      Term term = term(row, spentAt);
      if (term == null || !isNewest(row) || (onlyUnrevoked && revocation(row) != null)) {
        continue;
      }
      if (winner == null || term.coverage() > winner.coverage()) {
        winner = term;
      }
    }
    return winner;
  }

  /// A cycle speaks for its subscription if it has terms, was not superseded, and no newer such
  /// cycle does; one that was revoked before it began only if all such cycles were.
  private boolean isNewest(Row row) {
    List<Row> standing =
        bound.stream()
            .filter(other -> other.key().sameSubscription(row.key()))
            .filter(other -> isCredit(other) || expiry(other) != null)
            .filter(other -> !isSuperseded(other))
            .sorted(NaiveModel::newerFirst)
            .toList();
    List<Row> began = standing.stream().filter(NaiveModel::began).toList();
    List<Row> speakers = began.isEmpty() ? standing : began;
    return !speakers.isEmpty() && speakers.getFirst().equals(row);
  }

  private static boolean isSuperseded(Row row) {
    Revoked revoked = revocation(row);
    return revoked != null && revoked.reason() == RevokedFor.SUPERSEDED;
  }

  private static boolean began(Row row) {
    Revoked revoked = revocation(row);
    return revoked == null || micros(revoked.at()) > purchased(row);
  }

  private @Nullable Term term(Row row, Map<Long, Long> spentAt) {
    Revoked revoked = revocation(row);
    Long end = isCredit(row) ? spentAt.get(row.id()) : expiry(row);
    if (end == null) {
      return null;
    }
    if (revoked != null) {
      long clamped = Math.min(end, micros(revoked.at()));
      return new Term(clamped, grace(row), false, clamped);
    }
    long coverage = end + (renewing(row) ? graceAndAllowance(row) : 0);
    return new Term(end, grace(row), renewing(row), coverage);
  }

  /// Walks from one instant at which anything begins or ends to the next.
  private void spend(long now, Map<Long, Long> remaining, Map<Long, Long> spentAt) {
    List<Row> credits =
        bound.stream()
            .filter(NaiveModel::isCredit)
            .sorted(Comparator.comparingLong(NaiveModel::purchased).thenComparingLong(Row::id))
            .toList();
    TreeSet<Long> turns = new TreeSet<>();
    turns.add(now);
    for (Row credit : credits) {
      remaining.put(credit.id(), micros(opened(credit).length()));
      turns.add(redeemed(credit));
      turns.add(stop(credit));
    }
    for (Row row : bound) {
      if (!isCredit(row) && expiry(row) != null) {
        turns.add(purchased(row));
        turns.add(coveredUntil(row));
      }
    }
    for (long from : turns) {
      Long until = turns.higher(from);
      if (until == null || from >= now) {
        return;
      }
      if (bound.stream().noneMatch(row -> covers(row, from))) {
        serve(credits, from, until, remaining, spentAt);
      }
    }
  }

  private static void serve(
      List<Row> credits,
      long from,
      long until,
      Map<Long, Long> remaining,
      Map<Long, Long> spentAt) {
    long at = from;
    for (Row credit : credits) {
      boolean runs = redeemed(credit) <= from && from < stop(credit);
      long left = remaining.getOrDefault(credit.id(), 0L);
      if (runs && left > 0) {
        long served = Math.min(left, until - at);
        at += served;
        remaining.put(credit.id(), left - served);
        if (served == left) {
          spentAt.put(credit.id(), at);
        }
      }
    }
  }

  private boolean covers(Row row, long at) {
    return !isCredit(row) && expiry(row) != null && purchased(row) <= at && at < coveredUntil(row);
  }

  /// The end of the time in which a cycle keeps credits from being consumed.
  private long coveredUntil(Row row) {
    long expiry = requireExpiry(row);
    Revoked revoked = revocation(row);
    if (revoked != null) {
      return Math.min(expiry, micros(revoked.at()));
    }
    long withGrace = expiry + graceAndAllowance(row);
    long successor =
        bound.stream()
            .filter(other -> other.key().sameSubscription(row.key()) && !isCredit(other))
            .filter(other -> newerFirst(other, row) < 0)
            .filter(other -> !isSuperseded(other) || began(other))
            .mapToLong(NaiveModel::purchased)
            .min()
            .orElse(Long.MAX_VALUE);
    if (successor < Long.MAX_VALUE) {
      return Math.max(expiry, Math.min(successor, withGrace));
    }
    return renewing(row) ? withGrace : expiry;
  }

  private long graceAndAllowance(Row row) {
    Duration grace = grace(row);
    return (grace == null ? 0 : micros(grace)) + allowance;
  }

  /// A revocation counts until the store takes it back; Google's last word and an upgrade that the
  /// store states are never taken back.
  private static @Nullable Revoked revocation(Row row) {
    long reinstated =
        row.facts().stream()
            .filter(PaymentFact.Reinstated.class::isInstance)
            .mapToLong(fact -> micros(fact.happenedAt()))
            .max()
            .orElse(Long.MIN_VALUE);
    Revoked earliest = null;
    for (PaymentFact fact : row.facts()) {
      if (fact instanceof Revoked revoked
          && (isFinal(revoked) || micros(revoked.at()) >= reinstated)
          && (earliest == null || beats(revoked, earliest))) {
        earliest = revoked;
      }
    }
    return earliest;
  }

  private static boolean isFinal(Revoked revoked) {
    return switch (revoked.reason()) {
      case REVOKED -> true;
      case SUPERSEDED -> !revoked.inferred();
      case REFUND, FAMILY, VOIDED, OPERATOR -> false;
    };
  }

  /// The store's word that a cycle was upgraded beats a refund of it; else the earliest counts, and
  /// of equally early ones what was stated.
  private static boolean beats(Revoked one, Revoked other) {
    boolean upgraded = one.reason() == RevokedFor.SUPERSEDED && !one.inferred();
    boolean otherUpgraded = other.reason() == RevokedFor.SUPERSEDED && !other.inferred();
    if (upgraded != otherUpgraded) {
      return upgraded;
    }
    return one.at().equals(other.at())
        ? other.inferred() && !one.inferred()
        : one.at().isBefore(other.at());
  }

  private static @Nullable Long expiry(Row row) {
    return statements(row)
        .filter(terms -> terms.expiry() != null)
        .max(
            Comparator.comparing(TermsStated::statedAt)
                .thenComparing(TermsStated::complete)
                .thenComparingLong(terms -> micros(required(terms.expiry()))))
        .map(terms -> micros(required(terms.expiry())))
        .orElse(null);
  }

  private static Stream<TermsStated> statements(Row row) {
    return row.facts().stream().filter(TermsStated.class::isInstance).map(TermsStated.class::cast);
  }

  private static boolean renewing(Row row) {
    return statements(row)
        .filter(terms -> terms.renewing() != null)
        .max(
            Comparator.comparing(TermsStated::statedAt)
                .thenComparing(TermsStated::complete)
                .thenComparing(terms -> required(terms.renewing())))
        .map(terms -> required(terms.renewing()))
        .orElse(false);
  }

  private static @Nullable Duration grace(Row row) {
    return statements(row)
        .filter(terms -> terms.grace() != null)
        .max(
            Comparator.comparing(TermsStated::statedAt)
                .thenComparing(TermsStated::complete)
                .thenComparing(terms -> required(terms.grace())))
        .map(terms -> required(terms.grace()))
        .filter(grace -> !grace.isZero())
        .orElse(null);
  }

  private static boolean isCredit(Row row) {
    return row.facts().stream().anyMatch(CreditOpened.class::isInstance);
  }

  private static CreditOpened opened(Row row) {
    return row.facts().stream()
        .filter(CreditOpened.class::isInstance)
        .map(CreditOpened.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable Claimed owner(Row row) {
    return row.facts().stream()
        .filter(Claimed.class::isInstance)
        .map(Claimed.class::cast)
        .findFirst()
        .orElse(null);
  }

  private static long redeemed(Row row) {
    return micros(required(owner(row)).at());
  }

  /// A revoked credit is not consumed any further.
  private static long stop(Row credit) {
    Revoked revoked = revocation(credit);
    return revoked == null ? Long.MAX_VALUE : micros(revoked.at());
  }

  private static long purchased(Row row) {
    return row.facts().stream()
        .filter(Witnessed.class::isInstance)
        .mapToLong(fact -> micros(fact.happenedAt()))
        .findFirst()
        .orElseThrow();
  }

  private static int newerFirst(Row one, Row other) {
    int byPurchase = Long.compare(purchased(other), purchased(one));
    return byPurchase != 0 ? byPurchase : Long.compare(other.id(), one.id());
  }

  private static long requireExpiry(Row row) {
    return required(expiry(row));
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("stated in part");
    }
    return value;
  }

  private static long micros(Instant at) {
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
  }

  private static long micros(Duration span) {
    return span.toNanos() / 1_000;
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(span(micros));
  }

  private static Duration span(long micros) {
    return Duration.ofNanos(Math.multiplyExact(micros, 1_000L));
  }
}
