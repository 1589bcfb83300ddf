package org.sessionpro.backend.strength;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Everything that was asked about one account by many at once, and what each was answered: whether
/// all of it could have been answered had they come one after the other, in some order that keeps
/// what was answered before something else was asked before that.
final class Chronicle {
  static final int SUCCESS = 0;
  static final int ALREADY_OWN = 100;
  static final int UNKNOWN = 101;

  /// The server could not tell: the claim, which is a transaction of its own, may have been made.
  static final int FAULT = -1;

  /// An answer to a claim of a payment that others claim too.
  ///
  /// @param status of protocol v0
  record Claim(int payment, boolean byOwner, int status) {}

  /// A list as a server served it.
  record Poll(int door, long ticket, Set<String> tags) {}

  /// What a read showed of the account.
  ///
  /// @param refund of the payment whose refund is asked for; 0 if none was
  record Reading(long payments, long refund) {}

  final Queue<Timed<Claim>> claims = new ConcurrentLinkedQueue<>();

  /// Payments that were asked for and met with a fault: they may have been given all the same,
  /// because the answer takes another look at the account. Every other fault means that nothing was
  /// done.
  final AtomicInteger unknownGifts = new AtomicInteger();

  /// Requests that the server could not answer.
  final AtomicInteger faults = new AtomicInteger();

  /// Tags of proofs of the account.
  final Queue<Timed<String>> proofs = new ConcurrentLinkedQueue<>();

  /// Ordinals of revoked generations.
  final Queue<Timed<Integer>> revocations = new ConcurrentLinkedQueue<>();

  /// Ids of payments that the account was given, or that waited for it.
  final Queue<Timed<String>> gifts = new ConcurrentLinkedQueue<>();

  final Queue<Timed<Long>> refunds = new ConcurrentLinkedQueue<>();
  final Queue<Timed<Reading>> readings = new ConcurrentLinkedQueue<>();
  final Queue<Timed<Poll>> polls = new ConcurrentLinkedQueue<>();

  /// How the account stands in the end.
  ///
  /// @param generations tags by their ordinals, from 1
  /// @param proofs how many were counted
  record End(List<String> payments, List<String> generations, long proofs, long refund) {}

  /// Fails unless some order explains it all.
  void assertExplained(End end, Map<Integer, String> contested) {
    assertEveryPaymentHasOneOwner(end, contested);
    assertReadingsSawWhatWasThere();
    assertRefundsOverwriteEachOther(end);
    assertRevocationsRollTheTag(end);
    assertListsGrow(end);
    assertThat(end.proofs()).as("counted proofs").isEqualTo(proofs.size());
  }

  private void assertEveryPaymentHasOneOwner(End end, Map<Integer, String> contested) {
    Set<String> own = new HashSet<>();
    gifts.forEach(gift -> own.add(gift.what()));
    for (int payment : contested.keySet()) {
      List<Timed<Claim>> all =
          claims.stream().filter(claim -> claim.what().payment() == payment).toList();
      boolean isOwn = end.payments().contains(contested.getOrDefault(payment, ""));
      List<Timed<Claim>> bound =
          all.stream()
              .filter(claim -> claim.what().byOwner() == isOwn)
              .filter(claim -> claim.what().status() == SUCCESS)
              .toList();
      boolean unknown =
          all.stream()
              .filter(claim -> claim.what().byOwner() == isOwn)
              .anyMatch(claim -> claim.what().status() == FAULT);
      assertThat(bound).as("%s", all).hasSizeBetween(unknown ? 0 : 1, 1);
      assertThat(all)
          .allSatisfy(claim -> {
            if (claim.what().status() != FAULT && !bound.contains(claim)) {
              assertThat(claim.what().status())
                  .isEqualTo(claim.what().byOwner() == isOwn ? ALREADY_OWN : UNKNOWN);
              assertThat(bound)
                  .as("nobody is refused before somebody has it")
                  .noneMatch(claim::isBefore);
            }
          });
      if (isOwn) {
        own.add(contested.getOrDefault(payment, ""));
      }
    }
    assertThat(end.payments())
        .doesNotHaveDuplicates()
        .containsAll(own)
        .hasSizeLessThanOrEqualTo(own.size() + unknownGifts.get());
  }

  private List<Timed<?>> additions() {
    List<Timed<?>> all = new ArrayList<>(gifts);
    claims.stream()
        .filter(claim -> claim.what().byOwner() && claim.what().status() == SUCCESS)
        .forEach(all::add);
    return all;
  }

  private void assertReadingsSawWhatWasThere() {
    List<Timed<?>> additions = additions();
    long unknown =
        unknownGifts.get()
            + claims.stream().filter(claim -> claim.what().status() == FAULT).count();
    assertThat(readings)
        .allSatisfy(reading -> {
          long least = additions.stream().filter(one -> one.isBefore(reading)).count();
          long most = additions.stream().filter(one -> !reading.isBefore(one)).count() + unknown;
          assertThat(reading.what().payments()).isBetween(least, most);
        });
  }

  /// The one value of a register: what was overwritten is not seen again.
  private void assertRefundsOverwriteEachOther(End end) {
    Timed<Long> never = new Timed<>(Long.MIN_VALUE, Long.MIN_VALUE, 0L);
    List<Timed<Long>> writes = new ArrayList<>(List.of(never));
    writes.addAll(refunds);
    List<Timed<Long>> reads = new ArrayList<>();
    readings.forEach(reading -> reads.add(reading.with(reading.what().refund())));
    reads.add(new Timed<>(Long.MAX_VALUE, Long.MAX_VALUE, end.refund()));
    assertThat(reads)
        .allSatisfy(read -> {
          List<Timed<Long>> sources =
              writes.stream().filter(write -> write.what().equals(read.what())).toList();
          assertThat(sources).hasSize(1);
          Timed<Long> source = sources.getFirst();
          assertThat(read.isBefore(source)).isFalse();
          assertThat(writes)
              .noneMatch(between -> source.isBefore(between) && between.isBefore(read));
        });
  }

  private void assertRevocationsRollTheTag(End end) {
    assertThat(revocations)
        .extracting(Timed::what)
        .as("each generation is revoked once")
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(1, end.generations().size()).boxed().toList());
    Map<Integer, Timed<Integer>> byOrdinal = new HashMap<>();
    revocations.forEach(one -> byOrdinal.put(one.what(), one));
    List<Timed<Integer>> seen =
        proofs.stream()
            .map(proof -> proof.with(1 + end.generations().indexOf(proof.what())))
            .toList();
    assertThat(seen)
        .allSatisfy(proof -> {
          assertThat(proof.what()).as("a tag of this account").isPositive();
          assertThat(revocations)
              .as("no proof names a tag whose revocation was acknowledged before it was asked for")
              .noneMatch(one -> one.what() >= proof.what() && one.isBefore(proof));
          Timed<Integer> cause = byOrdinal.get(proof.what() - 1);
          assertThat(cause != null && proof.isBefore(cause)).as("a tag of the future").isFalse();
          assertThat(seen)
              .as("tags do not come back")
              .noneMatch(earlier -> earlier.isBefore(proof) && earlier.what() > proof.what());
        });
  }

  private void assertListsGrow(End end) {
    Map<Long, Set<String>> lists = new HashMap<>();
    List<String> tags = end.generations();
    assertThat(polls)
        .allSatisfy(poll -> {
          Poll served = poll.what();
          assertThat(lists.computeIfAbsent(served.ticket(), _ -> served.tags()))
              .as("one list for each ticket")
              .isEqualTo(served.tags());
          assertThat(served.tags())
              .containsExactlyInAnyOrderElementsOf(tags.subList(0, served.tags().size()));
          assertThat(polls)
              .as("no process goes back")
              .noneMatch(earlier ->
                  earlier.what().door() == served.door()
                      && earlier.isBefore(poll)
                      && earlier.what().ticket() > served.ticket());
          assertThat(revocations)
              .as("nothing is listed before it is revoked")
              .noneMatch(one -> one.what() <= served.tags().size() && poll.isBefore(one));
        });
  }

  @Override
  public String toString() {
    return "%d claims, %d proofs, %d revocations, %d payments, %d refunds, %d reads, %d polls, %d faults"
        .formatted(
            claims.size(),
            proofs.size(),
            revocations.size(),
            gifts.size(),
            refunds.size(),
            readings.size(),
            polls.size(),
            faults.get());
  }
}
