package org.sessionpro.backend.db;

/// Where changes stand in line that would wait for one another in the database anyway, because they
/// lock the same row ([Database#write(Line, java.util.function.Function)]).
///
/// @param number any; equal for what locks the same row, and mostly different for anything else
public record Line(int number) {
  /// The line of whatever is equal to `subject`.
  public static Line of(Object subject) {
    return new Line(subject.hashCode());
  }
}
