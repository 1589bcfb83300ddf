package org.sessionpro.backend.http;

/// Where one request keeps its body, from the first byte to the answer. Used by one thread at a
/// time, save that [#giveBack()] and [#withdraw()] may come from any.
interface BodyRoom {
  /// Bytes of a body for which there is always room: every request of a real client is shorter.
  int FREE = 2_048;

  /// Makes room for a body of `size` bytes so far. False if there is none now.
  boolean growTo(int size);

  /// After [#growTo] was false: whether to wait for room. Then `ready` is run once there is some, in
  /// any thread and perhaps before this returns, so that the caller must not go on.
  boolean await(Runnable ready);

  /// Ends the waiting; `ready` will not be run. False if nothing waits.
  boolean withdraw();

  /// Gives everything back; may be called again.
  void giveBack();
}
