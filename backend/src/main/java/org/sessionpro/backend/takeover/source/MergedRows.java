package org.sessionpro.backend.takeover.source;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// Joins users and payments, each in the order of keys, to accounts, so that memory does not grow with
/// the database.
final class MergedRows {
  private final Keyed<V0Account.User> users;
  private final Keyed<V0Payment> payments;

  MergedRows(Iterator<V0Account.User> users, Iterator<V0Payment> payments) {
    this.users = new Keyed<>(users, V0Account.User::key);
    this.payments = new Keyed<>(payments, V0Payment::owner);
  }

  void forEach(Consumer<V0Account> accounts) {
    for (ByteString key = first(); key != null; key = first()) {
      List<V0Account.User> user = users.take(key);
      accounts.accept(
          new V0Account(key, user.isEmpty() ? null : user.getFirst(), payments.take(key)));
    }
  }

  private @Nullable ByteString first() {
    ByteString ofUser = users.key();
    ByteString ofPayment = payments.key();
    if (ofUser == null || ofPayment == null) {
      return ofUser == null ? ofPayment : ofUser;
    }
    boolean userFirst = Arrays.compareUnsigned(ofUser.toByteArray(), ofPayment.toByteArray()) <= 0;
    return userFirst ? ofUser : ofPayment;
  }
}
