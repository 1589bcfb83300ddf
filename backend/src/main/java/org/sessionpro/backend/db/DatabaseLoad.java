package org.sessionpro.backend.db;

import org.sessionpro.backend.telemetry.Distribution;

/// How busy a database is, as its process sees it.
public sealed interface DatabaseLoad {
  /// Connections for work, all of them or those for reading.
  int connections();

  /// Those of [#connections()] that are at work.
  int inUse();

  /// How often the database did not do what it was asked, since the process began.
  long faults();

  /// A server with a pool of connections.
  ///
  /// @param waiting whoever waits for a connection
  /// @param timeouts how often somebody waited in vain, since the process began
  record Pool(int connections, int inUse, int waiting, long timeouts, long faults)
      implements DatabaseLoad {}

  /// A file with one writer, and readers that wait for nobody.
  ///
  /// @param queued changes that wait for the writer
  /// @param batches how many changes were committed together
  record OneWriter(int connections, int inUse, int queued, Distribution.Seen batches, long faults)
      implements DatabaseLoad {}
}
