package org.sessionpro.simulator.google.pubsub;

/// How a notification may differ from what the consumer expects.
public enum Spoilage {
  /// The data is no base64.
  CORRUPT_BASE64,
  /// The JSON breaks off in the middle.
  TRUNCATED,
  /// It is about another app.
  FOREIGN_PACKAGE,
  /// It has a type number that nobody has heard of; of a kind without numbers the block is unknown.
  UNKNOWN_TYPE,
  /// Its block has a name that nobody has heard of.
  UNKNOWN_BLOCK,
  /// It has no block.
  NO_BLOCK,
  /// It has a second block.
  TWO_BLOCKS,
  /// It does not name the product.
  NO_PRODUCT,
  /// The time is a number instead of a string.
  NUMERIC_TIME
}
