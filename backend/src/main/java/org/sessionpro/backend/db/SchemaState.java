package org.sessionpro.backend.db;

import org.jspecify.annotations.Nullable;

/// How the tables of a database stand to this program.
///
/// @param installed version of the newest migration that ran; null if none did
/// @param newest version of the newest migration that this program has
public record SchemaState(@Nullable Integer installed, int newest) {

  /// What the two versions mean for each other.
  public enum Standing {
    /// There are no tables yet.
    ABSENT,
    /// Migrations of this program have not run.
    OLDER,
    /// The tables are the ones that this program works on.
    CURRENT,
    /// A newer program has changed the tables.
    NEWER
  }

  /// The comparison of both versions.
  public Standing standing() {
    if (installed == null) {
      return Standing.ABSENT;
    }
    return switch (Integer.signum(installed.compareTo(newest))) {
      case -1 -> Standing.OLDER;
      case 0 -> Standing.CURRENT;
      default -> Standing.NEWER;
    };
  }

  /// Whether migrations of this program have yet to run.
  public boolean isBehind() {
    return switch (standing()) {
      case ABSENT, OLDER -> true;
      case CURRENT, NEWER -> false;
    };
  }

  /// One sentence without full stop, for the operator.
  public String text() {
    return switch (standing()) {
      case ABSENT -> "there are no tables yet";
      case OLDER ->
          "the tables are of version "
              + installed
              + ", older than this program's, which is "
              + newest;
      case CURRENT -> "the tables are of version " + newest + ", which is this program's";
      case NEWER ->
          "the tables are of version "
              + installed
              + ", made by a newer program: this one knows them up to "
              + newest;
    };
  }
}
