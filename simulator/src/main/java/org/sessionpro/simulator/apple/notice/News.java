package org.sessionpro.simulator.apple.notice;

import org.jspecify.annotations.Nullable;

/// What a notification says has happened.
///
/// @param subtype null if its type has none, or it is a plain one
public record News(NoticeType type, @Nullable Subtype subtype) {
  public static News of(NoticeType type) {
    return new News(type, null);
  }

  /// As scripts write it: `DID_RENEW`, `SUBSCRIBED/INITIAL_BUY`.
  public String word() {
    return subtype == null ? type.name() : type.name() + "/" + subtype.name();
  }

  /// Reads what [#word()] writes.
  ///
  /// @throws IllegalArgumentException if there is no such type or subtype
  public static News parse(String word) {
    int slash = word.indexOf('/');
    return slash < 0
        ? of(NoticeType.valueOf(word))
        : new News(
            NoticeType.valueOf(word.substring(0, slash)),
            Subtype.valueOf(word.substring(slash + 1)));
  }
}
