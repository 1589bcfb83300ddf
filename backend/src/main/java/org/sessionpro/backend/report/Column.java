package org.sessionpro.backend.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sessionpro.backend.ledger.Figure;

/// A column of a report's tables (`operator-v0.md` §6.4): what it counts, its title, and how wide it is
/// for people.
public enum Column {
  ACTIVE_USERS(Figure.ACTIVE_USERS, "Active Users", 14),
  UNREDEEMED(Figure.UNREDEEMED, "Unredeemed", 12),
  NEW_SUBS(Figure.NEW_SUBS, "New Subs", 10),
  GOOGLE(Figure.GOOGLE, "Google", 8),
  APPLE(Figure.APPLE, "Apple", 7),
  /// What v0 called [#FOUNDATION].
  RANGEPROOF(Figure.FOUNDATION, "Rangeproof", 12),
  FOUNDATION(Figure.FOUNDATION, "Foundation", 12),
  PLAN_1M(Figure.PLAN_1M, "Plan 1m", 10),
  PLAN_3M(Figure.PLAN_3M, "Plan 3m", 10),
  PLAN_12M(Figure.PLAN_12M, "Plan 12m", 10),
  REFUNDS_INITIATED(Figure.REFUNDS_INITIATED, "Refunds Initiated", 20),
  REVOKED(Figure.REVOKED, "Revoked", 10),
  CANCELLING(Figure.CANCELLING, "Cancelling", 12),
  NEW_SUBSCRIBERS(Figure.NEW_SUBSCRIBERS, "New Subscribers", 17),
  RENEWALS(Figure.RENEWALS, "Renewals", 10),
  PLAN_OTHER(Figure.PLAN_OTHER, "Plan Other", 12),
  CHURNED(Figure.CHURNED, "Churned", 9),
  REFUNDED(Figure.REFUNDED, "Refunded", 10),
  ENTERED_GRACE(Figure.ENTERED_GRACE, "Entered Grace", 15),
  BILLING_RETRY(Figure.BILLING_RETRY, "Billing Retry", 15),
  ACTIVE_GOOGLE(Figure.ACTIVE_GOOGLE, "Active Google", 15),
  ACTIVE_APPLE(Figure.ACTIVE_APPLE, "Active Apple", 14),
  ACTIVE_FOUNDATION(Figure.ACTIVE_FOUNDATION, "Active Foundation", 19),
  ACTIVE_1M(Figure.ACTIVE_1M, "Active 1m", 11),
  ACTIVE_3M(Figure.ACTIVE_3M, "Active 3m", 11),
  ACTIVE_12M(Figure.ACTIVE_12M, "Active 12m", 12),
  ACTIVE_OTHER(Figure.ACTIVE_OTHER, "Active Other", 14);

  /// What v0 counted.
  public static final List<Column> OF_V0 =
      List.of(
          ACTIVE_USERS,
          UNREDEEMED,
          NEW_SUBS,
          GOOGLE,
          APPLE,
          RANGEPROOF,
          PLAN_1M,
          PLAN_3M,
          PLAN_12M,
          REFUNDS_INITIATED,
          REVOKED,
          CANCELLING);

  /// What v1 counted.
  public static final List<Column> OF_V1 =
      List.of(
          ACTIVE_USERS,
          UNREDEEMED,
          NEW_SUBS,
          GOOGLE,
          APPLE,
          FOUNDATION,
          PLAN_1M,
          PLAN_3M,
          PLAN_12M,
          REVOKED,
          CANCELLING);

  /// What both counted together, which is the first table of a report.
  static final List<Column> PURCHASES =
      List.of(
          ACTIVE_USERS,
          UNREDEEMED,
          NEW_SUBS,
          GOOGLE,
          APPLE,
          FOUNDATION,
          PLAN_1M,
          PLAN_3M,
          PLAN_12M,
          REFUNDS_INITIATED,
          REVOKED,
          CANCELLING);

  /// Who came, stayed and went: the second table.
  static final List<Column> SUBSCRIBERS =
      List.of(
          NEW_SUBSCRIBERS, RENEWALS, PLAN_OTHER, CHURNED, REFUNDED, ENTERED_GRACE, BILLING_RETRY);

  /// The active accounts by what they have: the third table.
  static final List<Column> ACTIVE =
      List.of(
          ACTIVE_GOOGLE,
          ACTIVE_APPLE,
          ACTIVE_FOUNDATION,
          ACTIVE_1M,
          ACTIVE_3M,
          ACTIVE_12M,
          ACTIVE_OTHER);

  /// Everything that is counted, once each.
  public static final List<Column> ALL =
      Arrays.stream(values()).filter(column -> column != RANGEPROOF).toList();

  private final Figure figure;
  private final String title;
  private final int width;

  Column(Figure figure, String title, int width) {
    this.figure = figure;
    this.title = title;
    this.width = width;
  }

  /// What is counted.
  public Figure figure() {
    return figure;
  }

  /// What stands above it.
  public String title() {
    return title;
  }

  /// Its name for programs: the title in snake case.
  public String code() {
    return title.toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  int width() {
    return width;
  }
}
