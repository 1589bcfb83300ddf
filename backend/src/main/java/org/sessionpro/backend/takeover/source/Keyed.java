package org.sessionpro.backend.takeover.source;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// Rows in the order of the keys that they belong to, taken key by key.
final class Keyed<T> {
  private final Iterator<T> rows;
  private final Function<T, @Nullable ByteString> key;
  private @Nullable T next;

  Keyed(Iterator<T> rows, Function<T, @Nullable ByteString> key) {
    this.rows = rows;
    this.key = key;
    advance();
  }

  private void advance() {
    next = rows.hasNext() ? rows.next() : null;
  }

  /// The key of the next row; null behind the last one.
  @Nullable ByteString key() {
    T row = next;
    return row == null ? null : key.apply(row);
  }

  /// All rows of a key, if they come next.
  List<T> take(ByteString wanted) {
    List<T> taken = new ArrayList<>();
    for (T row = next; row != null && Objects.equals(wanted, key.apply(row)); row = next) {
      taken.add(row);
      advance();
    }
    return taken;
  }
}
