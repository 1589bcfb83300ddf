package org.sessionpro.simulator.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One paid cycle of a subscription as scripts write it: `a#2`, the second one of `a` by the store's
/// count. A one-time purchase has the cycle 1.
///
/// @param number from 1
public record CycleRef(String purchase, int number) {
  private static final Pattern GRAMMAR = Pattern.compile("([a-z][a-z0-9-]*)#([1-9][0-9]{0,5})");

  static boolean isCycle(String word) {
    return GRAMMAR.matcher(word).matches();
  }

  /// Reads one.
  ///
  /// @throws ScriptError if `text` is anything else
  public static CycleRef parse(String text) {
    Matcher parts = GRAMMAR.matcher(text);
    if (!parts.matches()) {
      throw new ScriptError("'" + text + "' is no cycle such as a#1");
    }
    return new CycleRef(parts.group(1), Integer.parseInt(parts.group(2)));
  }
}
