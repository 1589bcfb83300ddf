package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.db.InTransaction;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.ledger.Inheritance;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;
import org.sessionpro.backend.ledger.InheritedAccount;
import org.sessionpro.backend.ledger.InheritedPayment;
import org.sessionpro.backend.ledger.LedgerImport;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.backend.takeover.source.V0Payment;
import org.sessionpro.backend.takeover.source.V0Source;
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

  private static final int BATCH = 250;
  private static final String ACCOUNTS = "accounts:";
  private static final String PAYMENTS = "payments:";
  private static final String MESSAGES = "messages";

  private final V0Source source;
  private final Ground ground;
  private final LedgerImport target;
  private final Inbox inbox;
  private final InheritedMessages messages;
  private final Progress progress;
  private String reached;
  private Batch batch = new Batch();
  private long done;

  /// @param reached how far the run is
  Loading(
      V0Source source,
      Ground ground,
      LedgerImport target,
      Inbox inbox,
      String reached,
      Progress progress) {
    this.source = source;
    this.ground = ground;
    this.target = target;
    this.inbox = inbox;
    this.messages = new InheritedMessages(inbox, ground.takenAt(), ground.options());
    this.reached = reached;
    this.progress = progress;
  }

  /// What goes into the next transaction.
  private static final class Batch {
    private final List<InheritedAccount> accounts = new ArrayList<>();
    private final List<InheritedPayment> unclaimed = new ArrayList<>();
    private final List<RevokedTag> ownerless = new ArrayList<>();
    private final List<Quarantined> quarantine = new ArrayList<>();
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
    long all = source.count("users");
    ByteString after =
        reached.equals(BEGUN) ? null : ByteString.fromHex(reached.substring(ACCOUNTS.length()));
    Last<ByteString> last = new Last<>(after);
    source.accounts(
        after,
        account -> {
          add(AccountPlanner.plan(ground, account));
          last.value = account.key();
          if (batch.size >= BATCH) {
            flush(ACCOUNTS + account.key().hex());
            progress.at("taken over", done, all);
          }
        });
    flush(PAYMENTS + "0");
  }

  /// What a consumer saw last.
  private static final class Last<T> {
    private @Nullable T value;

    Last(@Nullable T value) {
      this.value = value;
    }
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

  private void addUnclaimed(V0Payment payment) {
    batch.unclaimed.add(PaymentMapping.of(payment, ground.takenAt()));
    look(List.of(payment));
  }

  private void look(List<V0Payment> rows) {
    var looks = messages.looks(rows);
    if (!looks.isEmpty()) {
      batch.besides.add(inbox.inheriting(looks, ground.takenAt()));
    }
  }

  private void flush(String next) {
    Inheritance part =
        new Inheritance(
            batch.accounts,
            batch.unclaimed,
            batch.ownerless,
            batch.quarantine,
            InTransaction.all(batch.besides),
            next);
    target.load(part, reached, ground.takenAt());
    reached = next;
    batch = new Batch();
  }

  private void unclaimed() {
    source.unowned(
        Long.parseLong(reached.substring(PAYMENTS.length())),
        row -> {
          PendingPlan plan = PendingPlan.of(ground, row);
          if (plan.payment() != null) {
            addUnclaimed(plan.payment());
          }
          batch.quarantine.addAll(plan.quarantine());
          batch.size++;
          if (batch.size >= BATCH) {
            flush(PAYMENTS + row.id());
          }
        });
    source
        .ownerlessRevocations()
        .forEach(
            one -> batch.ownerless.add(new RevokedTag(ground.tag(one.index()), ground.stamp(one))));
    flush(MESSAGES);
  }

  private void messages() {
    source.googleMessages(message -> addMessage(messages.of(message)));
    source.appleMessages(message -> addMessage(messages.of(message)));
    Consumer<InTransaction> add = this::addMessage;
    source.troubles(trouble ->
        InheritedMessages.work(trouble, ground.takenAt())
            .ifPresent(work -> add.accept(inbox.inheriting(List.of(work), ground.takenAt()))));
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
