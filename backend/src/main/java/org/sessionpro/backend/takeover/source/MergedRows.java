package org.sessionpro.backend.takeover.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// Joins users and payments, each in the order of keys, to accounts, so that memory does not grow with
/// the database.
final class MergedRows {
  private final Iterator<V0Account.User> users;
  private final Iterator<V0Payment> payments;
  private V0Account.@Nullable User user;
  private @Nullable V0Payment payment;

  MergedRows(Iterator<V0Account.User> users, Iterator<V0Payment> payments) {
    this.users = users;
    this.payments = payments;
    this.user = next(users);
    this.payment = next(payments);
  }

  private static <T> @Nullable T next(Iterator<T> rows) {
    return rows.hasNext() ? rows.next() : null;
  }

  void forEach(Consumer<V0Account> accounts) {
    for (ByteString key = first(); key != null; key = first()) {
      accounts.accept(account(key));
    }
  }

  private @Nullable ByteString first() {
    ByteString ofUser = user == null ? null : user.key();
    ByteString ofPayment = payment == null ? null : payment.owner();
    if (ofUser == null || ofPayment == null) {
      return ofUser == null ? ofPayment : ofUser;
    }
    boolean userFirst = Arrays.compareUnsigned(ofUser.toByteArray(), ofPayment.toByteArray()) <= 0;
    return userFirst ? ofUser : ofPayment;
  }

  private V0Account account(ByteString key) {
    V0Account.User own = user;
    if (own != null && own.key().equals(key)) {
      user = next(users);
    } else {
      own = null;
    }
    List<V0Payment> owned = new ArrayList<>();
    for (V0Payment one = payment; one != null; one = payment) {
      ByteString owner = one.owner();
      if (owner == null || !owner.equals(key)) {
        break;
      }
      owned.add(one);
      payment = next(payments);
    }
    return new V0Account(key, own, owned);
  }
}
