package org.sessionpro.backend.takeover;

/// What an account comes to, in milliseconds.
///
/// @param term end of what is paid
/// @param coverage end of service
/// @param refundRequested of the payment that carries the coverage; 0 for none
record Standing(long term, long coverage, boolean renewing, long refundRequested) {
  /// Nothing was ever bought.
  static final Standing NOTHING = new Standing(0, 0, false, 0);
}
