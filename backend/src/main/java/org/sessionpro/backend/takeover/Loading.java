package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sessionpro.backend.inbox.Inbox;
import org.sessionpro.backend.inbox.InheritedMessage;
import org.sessionpro.backend.inbox.InheritedWork;
import org.sessionpro.backend.ledger.AccountShare;
import org.sessionpro.backend.ledger.Inheritance;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;
import org.sessionpro.backend.ledger.InheritedPayment;
import org.sessionpro.backend.ledger.InheritedRows;
import org.sessionpro.backend.ledger.LedgerImport;
import org.sessionpro.backend.ledger.RevokedTag;
import org.sessionpro.protocol.ByteString;

/// Writes what a source becomes, some thousand accounts and payments in each transaction, and goes on where
/// it was broken off. One thread reads, several make rows, one writes.
///
/// | progress | what is done |
/// |---|---|
/// | `begun` | nothing |
/// | `accounts:` key in hex | accounts up to that key |
/// | `payments:` number | all accounts, and payments of nobody up to that number |
/// | `messages` | all payments; messages are known by their ids, so they may come twice |
final class Loading {
  static final String BEGUN = "begun";

  /// Accounts and payments in a transaction: to make it durable takes longer than to write some hundred,
  /// and some batches are in memory at a time.
  static final int BATCH = 4_000;

  private static final String ACCOUNTS = "accounts:";
  private static final String PAYMENTS = "payments:";
  private static final String MESSAGES = "messages";

  private final Prospect prospect;
  private final LedgerImport target;
  private final Inbox inbox;
  private final InheritedMessages messages;
  private final Progress progress;
  private final int size;
  private final long all;
  private final long before;
  private String reached;
  private Batch batch = new Batch();
  private long done;

  /// @param size accounts and payments in a transaction, or a few more
  /// @param reached how far the run is
  Loading(Prospect prospect, Target target, int size, String reached, Progress progress) {
    this.prospect = prospect;
    this.target = target.imports();
    this.inbox = target.inbox();
    this.size = size;
    this.messages = new InheritedMessages(prospect.takenAt(), prospect.options());
    this.reached = reached;
    this.progress = progress;
    this.all = prospect.accounts();
    this.before = target.imports().accounts();
  }

  /// What goes into the next transaction.
  private static final class Batch {
    private final List<InheritedRows> rows = new ArrayList<>();
    private final List<InheritedPayment> unclaimed = new ArrayList<>();
    private final List<RevokedTag> ownerless = new ArrayList<>();
    private final List<Quarantined> quarantine = new ArrayList<>();
    private final List<InheritedWork> work = new ArrayList<>();
    private final List<InheritedMessage> messages = new ArrayList<>();
    private int size;
  }

  /// What some accounts become.
  private record Part(List<AccountPlan> plans, InheritedRows rows, List<InheritedWork> looks) {}

  void run() {
    try (WritingBehind writing = new WritingBehind()) {
      if (reached.equals(BEGUN) || reached.startsWith(ACCOUNTS)) {
        accounts(writing);
      }
      if (reached.startsWith(PAYMENTS)) {
        unclaimed(writing);
      }
      messages(writing);
      writing.finish();
    }
  }

  private void accounts(WritingBehind writing) {
    ByteString after =
        reached.equals(BEGUN) ? null : ByteString.fromHex(reached.substring(ACCOUNTS.length()));
    new Pass<>(
            this::made,
            part -> {
              add(part);
              if (batch.size >= size) {
                flush(writing, ACCOUNTS + part.plans().getLast().key().hex());
              }
            })
        .over(prospect, after);
    flush(writing, PAYMENTS + "0");
  }

  /// By any thread.
  private Part made(Pass.Some some) {
    List<AccountPlan> plans = some.plans();
    List<InheritedWork> looks = new ArrayList<>();
    for (AccountPlan plan : plans) {
      if (plan.account() != null) {
        looks.addAll(messages.looks(plan.bound()));
      }
      plan.pending().forEach(one -> looks.addAll(messages.looks(List.of(one.due()))));
    }
    InheritedRows rows =
        target.rows(
            plans.stream().flatMap(plan -> Stream.ofNullable(plan.account())).toList(),
            new AccountShare(before + some.before(), plans.size(), all),
            plans.stream()
                .flatMap(plan -> plan.pending().stream().map(UnclaimedPayment::inherited))
                .toList(),
            prospect.takenAt());
    return new Part(plans, rows, looks);
  }

  private void add(Part part) {
    batch.rows.add(part.rows());
    batch.work.addAll(part.looks());
    for (AccountPlan plan : part.plans()) {
      batch.ownerless.addAll(plan.aside().ownerless());
      batch.quarantine.addAll(plan.aside().quarantine());
      batch.size += 1 + plan.bound().size() + plan.pending().size();
    }
    done += part.plans().size();
  }

  private void flush(WritingBehind writing, String next) {
    Batch full = batch;
    String from = reached;
    long accounts = done;
    writing.write(() -> {
      target.load(inheritance(full, next), from);
      if (!next.equals(from)) {
        progress.at("taken over", accounts, all);
      }
    });
    reached = next;
    batch = new Batch();
  }

  private Inheritance inheritance(Batch full, String next) {
    if (!full.unclaimed.isEmpty()) {
      AccountShare none = new AccountShare(all, 0, all);
      full.rows.add(target.rows(List.of(), none, full.unclaimed, prospect.takenAt()));
    }
    return new Inheritance(
        full.rows,
        full.ownerless,
        full.quarantine,
        inbox.inheriting(full.work, full.messages, prospect.takenAt()),
        next);
  }

  private void unclaimed(WritingBehind writing) {
    prospect.unowned(
        Long.parseLong(reached.substring(PAYMENTS.length())),
        unowned -> {
          UnclaimedPayment payment = unowned.plan().payment();
          if (payment != null) {
            batch.unclaimed.add(payment.inherited());
            batch.work.addAll(messages.looks(List.of(payment.due())));
          }
          batch.quarantine.addAll(unowned.plan().quarantine());
          grow(writing, PAYMENTS + unowned.number());
        });
    batch.ownerless.addAll(prospect.ownerless());
    flush(writing, MESSAGES);
  }

  private void messages(WritingBehind writing) {
    prospect.googleMessages(message ->
        InheritedMessages.of(message).ifPresent(inherited -> addMessage(inherited, writing)));
    prospect.appleMessages(message -> addMessage(InheritedMessages.of(message), writing));
    prospect.work(work -> {
      batch.work.add(work);
      grow(writing, MESSAGES);
    });
    flush(writing, MESSAGES);
  }

  private void addMessage(InheritedMessage message, WritingBehind writing) {
    batch.messages.add(message);
    grow(writing, MESSAGES);
  }

  private void grow(WritingBehind writing, String next) {
    batch.size++;
    if (batch.size >= size) {
      flush(writing, next);
    }
  }
}
