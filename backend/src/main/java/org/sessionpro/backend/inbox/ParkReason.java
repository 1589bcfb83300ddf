package org.sessionpro.backend.inbox;

import java.util.Arrays;
import java.util.List;
import org.sessionpro.backend.db.Columns;
import org.sessionpro.backend.telemetry.Severity;
import org.slf4j.Logger;

/// Why an item was given up for now, and what brings it back (`decisions-stores.md` §5). A command
/// brings any of them back.
public enum ParkReason {
  /// Nothing says whose purchase it is; the store refunds it by itself after 72 h, unless it was
  /// acknowledged before it came to us ([Cause#moneyKept()]).
  NO_OWNER(Cure.NEWS, Level.WARNING, "let the store refund it; the buyer buys again"),
  /// The store does not know it.
  NOT_FOUND(Cure.NEWS, Level.WARNING, "nothing, unless the buyer complains"),
  /// A base plan that is not mapped.
  UNKNOWN_PLAN(Cure.MAP, Level.ERROR, "map the plan in base_plans and start again"),
  /// A one-time product that is not mapped.
  UNKNOWN_PRODUCT(Cure.MAP, Level.ERROR, "map the product in one_time_products and start again"),
  /// A purchase of a tester.
  TEST_PURCHASE(Cure.SWITCH, Level.INFO, "nothing, or set accept_test_purchases"),
  /// A message that cannot be read.
  UNDECODABLE(Cure.BUILD, Level.ERROR, "update the program, or drop it"),
  /// A message of a kind that is not known.
  UNKNOWN_BLOCK(Cure.BUILD, Level.ERROR, "update the program, or drop it"),
  /// A message for another application.
  FOREIGN(Cure.BUILD, Level.ERROR, "check where the store sends its messages, or drop it"),
  /// A signature that does not hold.
  VERIFICATION(Cure.COMMAND, Level.CRITICAL, "find out who sent it, then retry or drop it"),
  /// The store refuses what we ask.
  REJECTED(Cure.ONE_TRY, Level.ERROR, "read the error, then retry or drop it"),
  /// It failed too often.
  EXHAUSTED(Cure.ONE_TRY, Level.CRITICAL, "read the error, then retry or drop it"),
  /// The store asks whether a refund is right.
  REFUND_REVIEW(Cure.ANSWER, Level.ERROR, "answer the store before the deadline");

  /// What un-parks.
  public enum Cure {
    /// Any news about it.
    NEWS,
    /// A start with a map that names it; until then news is worth one try.
    MAP,
    /// News is worth one try.
    ONE_TRY,
    /// A start that accepts tests.
    SWITCH,
    /// The first start of another build.
    BUILD,
    /// The answer to it, or its deadline.
    ANSWER,
    /// Only a command.
    COMMAND
  }

  /// How loudly it is told.
  public enum Level {
    INFO,
    WARNING,
    ERROR,
    CRITICAL;

    /// Tells something that loudly.
    ///
    /// @param text with a place for each of the values
    public void tell(Logger log, String text, Object... values) {
      switch (this) {
        case INFO -> log.info(text, values);
        case WARNING -> log.warn(text, values);
        case ERROR -> log.error(text, values);
        case CRITICAL -> log.error(Severity.CRITICAL, text, values);
      }
    }
  }

  private final Cure cure;
  private final Level level;
  private final String remedy;

  ParkReason(Cure cure, Level level, String remedy) {
    this.cure = cure;
    this.level = level;
    this.remedy = remedy;
  }

  public Cure cure() {
    return cure;
  }

  public Level level() {
    return level;
  }

  /// What a human can do, in a few words.
  public String remedy() {
    return remedy;
  }

  /// Whether it comes back whole with any news.
  boolean isCuredByNews() {
    return cure == Cure.NEWS;
  }

  /// Whether news brings it back, for good or for one try.
  boolean isTriedOnNews() {
    return switch (cure) {
      case NEWS, MAP, ONE_TRY -> true;
      case SWITCH, BUILD, ANSWER, COMMAND -> false;
    };
  }

  /// How the reasons of a cure are stored.
  static List<String> codes(Cure cure) {
    return Arrays.stream(values()).filter(it -> it.cure == cure).map(Columns::code).toList();
  }
}
