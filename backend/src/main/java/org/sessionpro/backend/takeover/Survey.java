package org.sessionpro.backend.takeover;

import java.util.Set;

/// Goes through a source and counts what would become of it; writes nothing.
final class Survey {
  private final Prospect prospect;
  private final Tally tally;
  private final Progress progress;
  private long accounts;

  Survey(Prospect prospect, Tally tally, Progress progress) {
    this.prospect = prospect;
    this.tally = tally;
    this.progress = progress;
  }

  void run() {
    prospect.survey(tally);
    long all = prospect.accounts();
    new Pass<>(
            Pass.Some::plans,
            plans -> {
              plans.forEach(this::ofAccount);
              accounts += plans.size();
              progress.at("looked at", accounts, all);
            })
        .over(prospect, null);
    prospect.unowned(
        0,
        unowned -> {
          unowned.plan().notes().forEach(tally::note);
          tally.quarantined(unowned.plan().quarantine().size());
        });
    prospect.googleMessages(message -> {
      if (!message.handled()) {
        if (message.payload().isEmpty()) {
          tally.count(Anomaly.NOTIFICATION_EMPTY, 1);
        } else if (ReceivedMessage.content(message).isEmpty()) {
          tally.count(Anomaly.NOTIFICATION_UNDECODABLE, 1);
        }
      }
    });
  }

  private void ofAccount(AccountPlan plan) {
    plan.aside().notes().forEach(tally::note);
    tally.quarantined(plan.aside().quarantine().size());
    Forecast forecast = plan.forecast();
    Subject subject = Subject.account(plan.key());
    for (Forecast.Shift shift : forecast.shifts()) {
      tally.shift(shift.category(), forecast.activeBefore(), shift.coverage(), subject);
    }
    if (forecast.categories().contains(Category.STALE_ACCOUNT_ROW)) {
      tally.count(Anomaly.STALE_ACCOUNT_ROW, 1);
    }
    Set<Category> losses = plan.outlook().losses();
    if (ofWish(plan, subject) && forecast.activeBefore()) {
      losses.add(Category.REVOCATION_PRUNED_EARLY);
    }
    tally.loss(losses);
  }

  /// Whether the operator's wish revokes the account.
  private boolean ofWish(AccountPlan plan, Subject subject) {
    return switch (plan.wish()) {
      case NOTHING -> false;
      case ROLLED -> {
        tally.shift(Category.OPERATOR_BLOCK, false, 0, subject);
        yield false;
      }
      case LISTED -> {
        boolean active = plan.forecast().activeBefore();
        tally.shift(Category.REVOCATION_PRUNED_EARLY, active, 0, subject);
        yield true;
      }
    };
  }
}
