package org.sessionpro.backend.takeover;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What was found of a source, and by comparing it with what was made of it.
///
/// @param anomalies how often each was found; absent for never
/// @param blocking how many of those block until they are accepted
/// @param categories how many accounts each makes different
/// @param losses how many served accounts each lets end earlier
/// @param unexplained the first differences that nothing explains
/// @param unexplainedCount how many there are in all
/// @param quarantined rows that were put aside
public record Findings(
    Map<Anomaly, Long> anomalies,
    Map<Anomaly, Long> blocking,
    Map<Category, Tally.Sum> categories,
    Map<Category, Long> losses,
    List<Tally.Unexplained> unexplained,
    long unexplainedCount,
    long quarantined) {

  /// How much of a category there is.
  public Tally.Sum of(Category category) {
    return categories.getOrDefault(category, Tally.Sum.NOTHING);
  }

  /// What stands in the way of taking the source over.
  ///
  /// @param accepted anomalies that the operator accepts
  /// @param acceptedLosses categories whose losses the operator accepts
  /// @return codes; empty if nothing does
  public Set<String> obstacles(Set<Anomaly> accepted, Set<Category> acceptedLosses) {
    Set<String> obstacles = new TreeSet<>();
    blocking.keySet().stream()
        .filter(anomaly -> !(anomaly.isAcceptable() && accepted.contains(anomaly)))
        .forEach(anomaly -> obstacles.add(anomaly.name()));
    losses.keySet().stream()
        .filter(category -> !acceptedLosses.contains(category))
        .forEach(category -> obstacles.add(category.name()));
    return obstacles;
  }
}
