package org.sessionpro.backend.http.ops;

/// Something that has numbers to show. It is asked at every scrape, must be quick, and asks neither the
/// database nor anybody outside the process.
@FunctionalInterface
public interface Source {
  /// Puts the present numbers into a scrape.
  void show(Scrape scrape);
}
