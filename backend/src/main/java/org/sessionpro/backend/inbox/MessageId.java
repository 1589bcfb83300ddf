package org.sessionpro.backend.inbox;

/// The store's own id of a message, by which it is known again.
///
/// @param text 1 to 2 048 bytes of UTF-8 without control characters
public record MessageId(StoreProvider source, String text) {
  /// @throws IllegalArgumentException if the text is not as above
  public MessageId {
    StoreText.requireKey(text);
  }

  @Override
  public String toString() {
    return "MessageId(" + source + ", hidden)";
  }
}
