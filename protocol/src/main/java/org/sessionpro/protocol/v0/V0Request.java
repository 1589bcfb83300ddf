package org.sessionpro.protocol.v0;

/// What a client may ask of v0 (`wire-v0.md` §5).
///
/// Every request has a static `parse`, which throws [org.sessionpro.protocol.BadRequest] with all
/// problems of the first stage that has any: first presence and types of all members, then what
/// they say. Unknown members are ignored.
public sealed interface V0Request permits SignedByBoth, SignedByMaster, GetProRevocationsRequest {
  /// The body to send, members in alphabetical order.
  byte[] toJson();
}
