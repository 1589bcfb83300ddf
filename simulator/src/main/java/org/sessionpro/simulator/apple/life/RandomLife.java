package org.sessionpro.simulator.apple.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.script.AppleVocabulary;
import org.sessionpro.simulator.apple.store.Subscription;
import org.sessionpro.simulator.script.ScriptFailure;
import org.sessionpro.simulator.script.ScriptParser;
import org.sessionpro.simulator.script.ScriptRunner;

/// The lives of some customers, made up by chance while they are lived: what can happen next depends on
/// how things stand. Everything that happens is a statement of the script language, so a life that
/// shows a fault can be written down and told again.
public final class RandomLife {
  /// Statements that let everything arrive and be done in the end.
  private static final List<String> QUIET_END =
      List.of("mend", "deliver normally", "history-lag 0s", "release", "settle");

  /// Buys things only, so that what the others are entitled to follows from their subscriptions.
  static final String SHOPPER = "shopper";

  /// One of so many lives ends with a mention of every purchase.
  private static final int MENTIONED = 4;

  /// Longer than the pauses between attempts to deliver, and than a server's between attempts to work.
  private static final List<String> QUIET_TIMES =
      List.of("6h", "1d", "2d", "3d", "6h", "6h", "6h", "6h");

  private final AppleSimulator simulator;
  private final ScriptRunner.Session session;
  private final Chances chances;
  private final Random random;
  private final boolean faults;
  private final boolean mentioned;
  private final List<String> customers = new ArrayList<>();
  private final List<String> purchases = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final ScriptParser parser = new ScriptParser(List.of(new AppleVocabulary()));

  /// What kind of lives.
  ///
  /// @param seed of everything that chance decides
  /// @param customers how many people
  /// @param faults whether notifications and requests go wrong
  public record Kind(long seed, int customers, boolean faults) {}

  /// @param session plays the statements, on a stage of `simulator`
  public RandomLife(AppleSimulator simulator, ScriptRunner.Session session, Kind kind) {
    this.simulator = simulator;
    this.session = session;
    this.random = new Random(kind.seed());
    this.chances = new Chances(random);
    this.faults = kind.faults();
    // Of a chance of its own: what a seed begins with is much like what the next one begins with.
    this.mentioned = new SplittableRandom(kind.seed()).nextInt(MENTIONED) == 0;
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

  /// Lets everything arrive, and gives the server the time that its longest interval needs; then all
  /// accounts ask for what is theirs. Mostly that is all, and the server must have come to the truth by itself:
  /// by what the store lists, and by looking at what should have renewed. Now and then the store mentions
  /// every purchase once more before, which heals what was lost for good.
  public void end() {
    QUIET_END.forEach(this::tell);
    if (mentioned) {
      purchases.forEach(purchase -> tell("notify " + purchase + " METADATA_UPDATE"));
    }
    for (String time : QUIET_TIMES) {
      tell("advance " + time);
      tell("settle");
    }
    customers.forEach(customer -> tell("ask " + customer + " status"));
    tell("ask " + SHOPPER + " status");
    tell("settle");
  }

  private void tell(String statement) {
    told.add(statement);
    session.play(parser.parseLine(statement));
  }

  /// Whether the store mentions every purchase once more in the end.
  boolean isMentioned() {
    return mentioned;
  }

  boolean hasFaults() {
    return faults;
  }

  String customer() {
    return customers.get(random.nextInt(customers.size()));
  }

  List<String> purchases() {
    return Collections.unmodifiableList(purchases);
  }

  /// A name for the next purchase.
  String newPurchase() {
    String name = "p" + (purchases.size() + 1);
    purchases.add(name);
    return name;
  }

  Instant now() {
    return simulator.clock().instant();
  }

  Subscription subscription(String purchase) {
    return simulator.store().subscription((TransactionId) session.scene().purchase(purchase));
  }
}
