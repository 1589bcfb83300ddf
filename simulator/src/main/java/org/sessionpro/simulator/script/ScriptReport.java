package org.sessionpro.simulator.script;

import java.util.ArrayList;
import java.util.List;

/// How a script went that went as it says.
///
/// @param met expectations that were true
/// @param unchecked expectations that nobody could tell
public record ScriptReport(List<Line> met, List<Line> unchecked) {
  ScriptReport() {
    this(new ArrayList<>(), new ArrayList<>());
  }
}
