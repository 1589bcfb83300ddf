package org.sessionpro.simulator.google.notice;

/// The types of notifications about things bought once (`google-play.md` §2.1).
public enum ProductEvent {
  PURCHASED(1),
  /// A pending purchase was given up; never a refund.
  CANCELED(2);

  private final int number;

  ProductEvent(int number) {
    this.number = number;
  }

  /// The number on the wire.
  public int number() {
    return number;
  }
}
