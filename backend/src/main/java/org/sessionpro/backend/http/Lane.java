package org.sessionpro.backend.http;

/// Who queues with whom. A flood in one lane neither delays nor sheds the requests of another; only
/// the processors are shared by all.
public enum Lane {
  /// Requests of clients that cost signatures, cryptography or a look at the database.
  CLIENTS,
  /// Requests of clients that are answered from memory, with the same bytes for all. They cost so
  /// little that they queue only while something holds up the memory's renewal.
  PREPARED,
  /// What does not come from clients: messages of stores, development calls.
  OTHERS
}
