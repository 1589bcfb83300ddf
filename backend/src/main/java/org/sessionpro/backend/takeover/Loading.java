package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.List;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InheritedWork;
import org.sessionpro.backend.ledger.Inheritance;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;
import org.sessionpro.backend.ledger.InheritedAccount;
import org.sessionpro.backend.ledger.InheritedPayment;
import org.sessionpro.backend.ledger.LedgerImport;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.protocol.ByteString;

/// Writes what a source becomes, a batch of accounts in each transaction, and goes on where it was
/// broken off.
///
/// | progress | what is done |
/// |---|---|
/// | `begun` | nothing |
/// | `accounts:` key in hex | accounts up to that key |
/// | `payments:` number | all accounts, and payments of nobody up to that number |
/// | `messages` | all payments; messages are known by their ids, so they may come twice |
final class Loading {
  static final String BEGUN = "begun";

  /// To make a transaction durable takes longer than to write some hundred accounts.
  private static final int BATCH = 1_000;

  private static final String ACCOUNTS = "accounts:";
  private static final String PAYMENTS = "payments:";
  private static final String MESSAGES = "messages";

  private final Prospect prospect;
  private final LedgerImport target;
  private final Inbox inbox;
  private final InheritedMessages messages;
  private final Progress progress;
  private String reached;
  private Batch batch = new Batch();
  private long done;

  /// @param reached how far the run is
  Loading(Prospect prospect, LedgerImport target, Inbox inbox, String reached, Progress progress) {
    this.prospect = prospect;
    this.target = target;
    this.inbox = inbox;
    this.messages = new InheritedMessages(inbox, prospect.takenAt(), prospect.options());
    this.reached = reached;
    this.progress = progress;
  }

  /// What goes into the next transaction.
  private static final class Batch {
    private final List<InheritedAccount> accounts = new ArrayList<>();
    private final List<InheritedPayment> unclaimed = new ArrayList<>();
    private final List<RevokedTag> ownerless = new ArrayList<>();
    private final List<Quarantined> quarantine = new ArrayList<>();
    private final List<InheritedWork> looks = new ArrayList<>();
    private final List<InTransaction> besides = new ArrayList<>();
    private int size;
  }

  void run() {
    if (reached.equals(BEGUN) || reached.startsWith(ACCOUNTS)) {
      accounts();
    }
    if (reached.startsWith(PAYMENTS)) {
      unclaimed();
    }
    messages();
  }

  private void accounts() {
    long all = prospect.accounts();
    ByteString after =
        reached.equals(BEGUN) ? null : ByteString.fromHex(reached.substring(ACCOUNTS.length()));
    new Pass<>(
            Prospect.Candidate::plan,
            plan -> {
              add(plan);
              if (batch.size >= BATCH) {
                flush(ACCOUNTS + plan.key().hex());
                progress.at("taken over", done, all);
              }
            })
        .over(prospect, after);
    flush(PAYMENTS + "0");
  }

  private void add(AccountPlan plan) {
    InheritedAccount account = plan.account();
    if (account != null) {
      batch.accounts.add(account);
      look(plan.bound());
    }
    plan.pending().forEach(this::addUnclaimed);
    batch.ownerless.addAll(plan.aside().ownerless());
    batch.quarantine.addAll(plan.aside().quarantine());
    batch.size++;
    done++;
  }

  private void addUnclaimed(UnclaimedPayment payment) {
    batch.unclaimed.add(payment.inherited());
    look(List.of(payment.due()));
  }

  private void look(List<DuePayment> payments) {
    batch.looks.addAll(messages.looks(payments));
  }

  private void flush(String next) {
    batch.besides.add(inbox.inheriting(batch.looks, prospect.takenAt()));
    Inheritance part =
        new Inheritance(
            batch.accounts,
            batch.unclaimed,
            batch.ownerless,
            batch.quarantine,
            InTransaction.all(batch.besides),
            next);
    target.load(part, reached, prospect.takenAt());
    reached = next;
    batch = new Batch();
  }

  private void unclaimed() {
    prospect.unowned(
        Long.parseLong(reached.substring(PAYMENTS.length())),
        unowned -> {
          PendingPlan plan = unowned.plan();
          if (plan.payment() != null) {
            addUnclaimed(plan.payment());
          }
          batch.quarantine.addAll(plan.quarantine());
          batch.size++;
          if (batch.size >= BATCH) {
            flush(PAYMENTS + unowned.number());
          }
        });
    batch.ownerless.addAll(prospect.ownerless());
    flush(MESSAGES);
  }

  private void messages() {
    prospect.googleMessages(message -> addMessage(messages.of(message)));
    prospect.appleMessages(message -> addMessage(messages.of(message)));
    prospect.work(work -> addMessage(inbox.inheriting(List.of(work), prospect.takenAt())));
    flush(MESSAGES);
  }

  private void addMessage(InTransaction message) {
    batch.besides.add(message);
    batch.size++;
    if (batch.size >= BATCH) {
      flush(MESSAGES);
    }
  }
}
