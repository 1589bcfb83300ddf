package org.sessionpro.simulator.script;

import java.util.Optional;
import org.sessionpro.protocol.PaymentProvider;

/// The words of one store.
public interface Vocabulary {
  PaymentProvider store();

  /// Reads a line that begins with `verb`; empty if this store has no such verb.
  ///
  /// @param words what follows the verb
  /// @throws ScriptError if the verb is right and the rest is wrong
  Optional<StoreStep> step(String verb, Words words);

  /// Reads an expectation that begins with `noun`; empty if this store has no such noun.
  ///
  /// @throws ScriptError if the noun is right and the rest is wrong
  Optional<StoreExpectation> expectation(String noun, Words words);

  /// Whether this store has an endpoint of that name.
  boolean knowsEndpoint(String word);
}
