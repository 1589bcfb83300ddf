package org.sessionpro.bench.load;

/// Where all connections of a load take their requests from. Safe for any number of threads.
interface Calls extends AutoCloseable {
  /// The next request.
  Call next();

  @Override
  void close();
}
