package org.sessionpro.backend.takeover;

import java.nio.charset.StandardCharsets;
import org.sessionpro.protocol.ByteString;

/// What something is said about.
///
/// @param kind in snake case
/// @param id identifies somebody, so it is not printed
public record Subject(String kind, ByteString id) {
  static Subject account(ByteString key) {
    return new Subject("account", key);
  }

  static Subject payment(long number) {
    return new Subject("payment", text(Long.toString(number)));
  }

  static Subject revocation(ByteString tag) {
    return new Subject("tag", tag);
  }

  static Subject subscription(String name) {
    return new Subject("subscription", text(name));
  }

  static Subject database() {
    return new Subject("database", text("source"));
  }

  private static ByteString text(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Subject(" + kind + ", hidden)";
  }
}
