package org.sessionpro.backend.db;

import org.sessionpro.protocol.MasterKey;

/// Where the changes of one account stand in line, because they would wait for one another in the
/// database anyway: they lock its row ([Database#write(Line, java.util.function.Function)]). There is
/// one for each account, whatever is changed and whether or not the account is there yet.
///
/// @param account the key that it belongs to
public record Line(MasterKey account) {
  /// How many stand in one line at most, whoever is at work included. Each keeps a place among the
  /// requests at work (`http.Gates`), which those of all other accounts want too.
  public static final int SEATS = 16;
}
