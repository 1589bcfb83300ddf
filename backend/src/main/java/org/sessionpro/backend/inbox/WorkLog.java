package org.sessionpro.backend.inbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.telemetry.IdentifierMask;
import org.sessionpro.backend.telemetry.LoggerName;
import org.sessionpro.backend.telemetry.Masked;
import org.sessionpro.backend.telemetry.Severity;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.protocol.TransactionId;
import org.slf4j.Logger;

/// What the log says of work on the inbox: each failure, which is an error from the fifth on, or at once
/// if a message is not understood; and what is parked, as loudly as its reason asks for
/// (`operator-v1.md` §5). Items are named by their masks, faults by their types, because messages of
/// libraries may quote what identifies a purchase.
public final class WorkLog {
  /// Failures after which an item is thought to be stuck (`google-play.md` §3).
  static final int STUCK = 5;

  private static final int MAX_CAUSES = 8;

  private final IdentifierMask mask;

  /// Ids that are not mapped and that were told of already.
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  public WorkLog(IdentifierMask mask) {
    this.mask = mask;
  }

  void note(WorkItem item, Outcome outcome, Settled settled) {
    switch (settled.fate()) {
      case GONE -> {}
      case LOST -> logger(item).warn("{} is in other hands now", name(item));
      case PARKED -> {
        switch (outcome) {
          case Outcome.Parked(Cause cause, String error) -> parked(item, cause, error);
          case Outcome.Failed(ErrorClass _, String error, Cause inTheEnd) ->
              parked(item, cause(settled, inTheEnd), error);
          case Outcome.Done _,
              Outcome.Again _,
              Outcome.Waits _,
              Outcome.Held _,
              Outcome.Unfinished _ -> {}
        }
      }
      case STAYS -> {
        if (outcome instanceof Outcome.Failed failed) {
          failed(item, failed, settled.attempts());
        }
      }
    }
  }

  private static Cause cause(Settled settled, @Nullable Cause inTheEnd) {
    ParkReason reason = settled.reason() == null ? ParkReason.EXHAUSTED : settled.reason();
    return inTheEnd != null && inTheEnd.reason() == reason ? inTheEnd : Cause.of(reason);
  }

  private void failed(WorkItem item, Outcome.Failed failed, int attempts) {
    Cause unmapped = failed.inTheEnd();
    String error = unmapped == null ? failed.error() : withDetail(failed.error(), unmapped);
    boolean unhandled = item.kind() == WorkKind.MESSAGE && failed.kind() != ErrorClass.TRANSIENT;
    boolean first = unmapped != null && isFirst(unmapped);
    if (first && unmapped != null && unmapped.moneyKept()) {
      logger(item)
          .error(
              Severity.CRITICAL,
              "{} failed: {}; it was paid for, nobody gets anything for it, and the store does not"
                  + " refund it",
              name(item),
              error);
    } else if (attempts >= STUCK || unhandled || first) {
      logger(item)
          .error(
              "{} failed, {} times so far: {} ({})",
              name(item),
              attempts,
              error,
              Columns.code(failed.kind()));
    } else {
      logger(item).warn("{} failed: {} ({})", name(item), error, Columns.code(failed.kind()));
    }
  }

  private static String withDetail(String error, Cause cause) {
    return cause.detail() == null ? error : error + " (" + cause.detail() + ")";
  }

  /// Whether nobody was told of what is not mapped.
  private boolean isFirst(Cause cause) {
    return cause.reason().cure() == ParkReason.Cure.MAP
        && told.add(cause.reason() + " " + cause.moneyKept() + " " + cause.detail());
  }

  /// Whether nobody was told that what somebody pays for was given up: once more than of its failure.
  private boolean isFirstPaid(Cause cause) {
    return cause.moneyKept() && told.add("given up " + cause.reason() + " " + cause.detail());
  }

  private void parked(WorkItem item, Cause cause, String error) {
    if (cause.reason().cure() == ParkReason.Cure.MAP && !isFirst(cause) && !isFirstPaid(cause)) {
      logger(item).info("{} is parked as {}", name(item), Columns.code(cause.reason()));
    } else {
      tell(item, cause, withDetail(error, cause));
    }
  }

  private void tell(WorkItem item, Cause cause, String error) {
    cause
        .level()
        .tell(
            logger(item),
            cause.moneyKept()
                ? "{} is parked as {}, and the store keeps what was paid for it: {}"
                : "{} is parked as {}: {}",
            name(item),
            Columns.code(cause.reason()),
            error);
  }

  /// A fault of our own.
  void fault(WorkItem item, Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    logger(item)
        .error(
            "{} met a fault: {} at {}",
            name(item),
            kinds(fault),
            trace.length == 0 ? "an unknown place" : trace[0]);
  }

  /// The types of a fault and of its causes.
  static String kinds(Throwable fault) {
    List<String> kinds = new ArrayList<>();
    @Nullable Throwable one = fault;
    while (one != null && kinds.size() < MAX_CAUSES) {
      kinds.add(one.getClass().getSimpleName());
      one = one.getCause();
    }
    return String.join(" of ", kinds);
  }

  private Masked name(WorkItem item) {
    return switch (item.kind()) {
      case MESSAGE ->
          mask.of("message", ByteString.of(item.key().getBytes(StandardCharsets.UTF_8)));
      case RECONCILE, ONE_TIME, ACKNOWLEDGE ->
          switch (item.provider()) {
            case GOOGLE -> mask.of(new PurchaseToken(item.key()));
            case APPLE -> mask.of(new TransactionId(item.key()));
          };
    };
  }

  private static Logger logger(WorkItem item) {
    return switch (item.provider()) {
      case GOOGLE -> LoggerName.GOOGLE_PLAY.logger();
      case APPLE -> LoggerName.APP_STORE.logger();
    };
  }
}
