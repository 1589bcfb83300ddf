package org.sessionpro.backend.http;

/// Where the answer to one request stays until its client has fetched it.
@FunctionalInterface
public interface ReplyRoom {
  /// Takes room for an answer that shares its bytes with no other; to be asked once. It is given back
  /// when the exchange is over.
  ///
  /// @param size of the answer in bytes
  /// @return false if there is none now, so that another, short answer has to do
  boolean take(int size);
}
