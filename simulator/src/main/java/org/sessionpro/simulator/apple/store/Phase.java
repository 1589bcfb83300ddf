package org.sessionpro.simulator.apple.store;

import java.time.Instant;

/// Where a subscription stands (`app-store.md` §2.5, `data.status`).
public sealed interface Phase {
  /// The number that the store gives it; 1 to 5.
  int status();

  /// Its name in scripts.
  String word();

  /// Paid.
  record Active() implements Phase {
    @Override
    public int status() {
      return 1;
    }

    @Override
    public String word() {
      return "active";
    }
  }

  /// A charge was declined; access goes on meanwhile.
  record Grace(Instant until) implements Phase {
    @Override
    public int status() {
      return 4;
    }

    @Override
    public String word() {
      return "grace";
    }
  }

  /// A charge was declined; the store goes on trying.
  ///
  /// @param until when it gives up
  record Retry(Instant until) implements Phase {
    @Override
    public int status() {
      return 3;
    }

    @Override
    public String word() {
      return "retry";
    }
  }

  /// Over.
  ///
  /// @param intent why, in the store's numbers: 1 the customer's wish, 2 declined charges, 3 no consent
  ///     to a higher price, 4 no longer sold
  record Expired(int intent) implements Phase {
    @Override
    public int status() {
      return 2;
    }

    @Override
    public String word() {
      return "expired";
    }
  }

  /// Its running cycle was taken back.
  record Revoked() implements Phase {
    @Override
    public int status() {
      return 5;
    }

    @Override
    public String word() {
      return "revoked";
    }
  }

  /// It was bought once and never renews.
  record Once() implements Phase {
    @Override
    public int status() {
      return 1;
    }

    @Override
    public String word() {
      return "once";
    }
  }
}
