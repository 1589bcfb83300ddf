package org.sessionpro.simulator.google.life;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.api.ReadLog.Reading;
import org.sessionpro.simulator.google.play.OneTimePurchase;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.google.script.GoogleVocabulary;
import org.sessionpro.simulator.script.ScriptFailure;
import org.sessionpro.simulator.script.ScriptParser;
import org.sessionpro.simulator.script.ScriptRunner;

/// The lives of some customers, made up by chance while they are lived: what can happen next depends on
/// how things stand. Everything that happens is a statement of the script language, so a life that
/// shows a fault can be written down and told again.
public final class RandomLife {
  /// Statements that let everything arrive and be done in the end.
  private static final List<String> QUIET_END =
      List.of("mend", "deliver normally", "release", "settle");

  /// Buys things only, so that what the others are entitled to follows from their subscriptions.
  static final String SHOPPER = "shopper";

  private static final List<String> QUIET_TIMES = Collections.nCopies(5, "6h");

  /// One of so many lives ends without a mention.
  private static final int UNMENTIONED = 5;

  private static final List<String> LONGEST_TERM = Collections.nCopies(13, "31d");

  private final GoogleSimulator simulator;
  private final ScriptRunner.Session session;
  private final Chances chances;
  private final Random random;
  private final boolean faults;
  private final List<String> customers = new ArrayList<>();
  private final List<String> purchases = new ArrayList<>();
  private final List<String> things = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final ScriptParser parser = new ScriptParser(List.of(new GoogleVocabulary()));

  /// What kind of lives.
  ///
  /// @param seed of everything that chance decides
  /// @param customers how many people
  /// @param faults whether notifications and requests go wrong
  public record Kind(long seed, int customers, boolean faults) {}

  /// @param session plays the statements, on a stage of `simulator`
  public RandomLife(GoogleSimulator simulator, ScriptRunner.Session session, Kind kind) {
    this.simulator = simulator;
    this.session = session;
    this.random = new Random(kind.seed());
    this.chances = new Chances(random);
    this.faults = kind.faults();
    for (int i = 1; i <= kind.customers(); i++) {
      customers.add("customer-" + i);
    }
  }

  /// What has happened so far, a statement a line; a script without its title.
  public List<String> told() {
    return List.copyOf(told);
  }

  /// Lets as many things happen, and the server do its work between them.
  ///
  /// @throws ScriptFailure naming the seed and everything before, if one does not happen
  public void live(int events) {
    if (told.isEmpty()) {
      customers.forEach(customer -> tell("buyer " + customer));
      tell("buyer " + SHOPPER);
    }
    for (int event = 0; event < events; event++) {
      chances.next(this).forEach(this::tell);
    }
  }

  /// Lets everything arrive, and gives the server the time that its longest interval needs. Nothing is
  /// mentioned again but what no server can find by itself ([#isBeyondSweeps]): renewals, recoveries, the
  /// ends of pauses and of account holds, and whatever was taken back it must find. Now and then nobody
  /// mentions even that, and each purchase comes to the end of a term instead.
  public void end() {
    QUIET_END.forEach(this::tell);
    if (random.nextInt(UNMENTIONED) == 0) {
      pass(LONGEST_TERM);
    } else {
      purchases.stream()
          .filter(this::isBeyondSweeps)
          .forEach(purchase -> tell("notify " + purchase + " PRICE_CHANGE_UPDATED"));
    }
    pass(QUIET_TIMES);
    customers.forEach(customer -> tell("ask " + customer + " status"));
    tell("ask " + SHOPPER + " status");
    tell("settle");
  }

  /// Whether nobody could find out what became of a purchase who has heard nothing: it was never read, so
  /// that its token is not known, and Play has no list of those; or it has changed within a cycle that
  /// runs on by what was read last, by a cancellation, a restart, a later end, or because another
  /// purchase took its place. Subscriptions are looked at when their cycles are over
  /// (`decisions-stores.md` §1, sweep).
  private boolean isBeyondSweeps(String purchase) {
    Subscription present = subscription(purchase);
    List<Reading> readings = simulator.reads().of(present.token());
    if (readings.isEmpty()) {
      return true;
    }
    Subscription shown = readings.getLast().shown();
    return !shown.isAlike(present)
        && shown
            .newest()
            .filter(cycle -> cycle.paidUntil().isAfter(simulator.clock().instant()))
            .isPresent();
  }

  private void pass(List<String> times) {
    for (String time : times) {
      tell("advance " + time);
      tell("settle");
    }
  }

  private void tell(String statement) {
    told.add(statement);
    session.play(parser.parseLine(statement));
  }

  boolean hasFaults() {
    return faults;
  }

  String customer() {
    return customers.get(random.nextInt(customers.size()));
  }

  List<String> purchases() {
    return purchases;
  }

  /// A name for the next purchase.
  String newPurchase() {
    String name = "p" + (purchases.size() + 1);
    purchases.add(name);
    return name;
  }

  Subscription subscription(String purchase) {
    return simulator.store().subscription(token(purchase));
  }

  /// What was bought once.
  List<String> things() {
    return things;
  }

  /// A name for the next thing.
  String newThing() {
    String name = "t" + (things.size() + 1);
    things.add(name);
    return name;
  }

  OneTimePurchase thing(String name) {
    return simulator.store().oneTimePurchase(token(name));
  }

  private PurchaseToken token(String name) {
    return (PurchaseToken) session.scene().purchase(name);
  }
}
