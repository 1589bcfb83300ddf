package org.sessionpro.backend.takeover;

/// That something in the source is odd.
///
/// @param blocks whether nothing is taken over until the operator accepts it
record Note(Anomaly anomaly, boolean blocks, Subject subject) {
  static Note of(Anomaly anomaly, Subject subject) {
    return new Note(anomaly, anomaly.kind() == Anomaly.Kind.BLOCKS, subject);
  }
}
