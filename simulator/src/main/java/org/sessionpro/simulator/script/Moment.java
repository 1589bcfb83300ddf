package org.sessionpro.simulator.script;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An instant as scripts write it: `@label`, the instant of the step that carries that label, and
/// spans after or before it, as in `@bought+1mo-20h`.
public record Moment(String label, List<Shift> shifts) {
  private static final Pattern GRAMMAR = Pattern.compile("@([a-z][a-z0-9-]*?)((?:[+-]\\d\\w*)*)");
  private static final Pattern SHIFT = Pattern.compile("([+-])(\\d\\w*)");

  public Moment {
    shifts = List.copyOf(shifts);
  }

  /// A step forth or back.
  public record Shift(boolean back, Span span) {}

  static boolean isMoment(String word) {
    return word.startsWith("@");
  }

  /// Reads one.
  ///
  /// @throws ScriptError if `text` is anything else
  public static Moment parse(String text) {
    Matcher parts = GRAMMAR.matcher(text);
    if (!parts.matches()) {
      throw new ScriptError("'" + text + "' is no instant such as @bought+1mo");
    }
    List<Shift> shifts = new ArrayList<>();
    Matcher shift = SHIFT.matcher(parts.group(2));
    while (shift.find()) {
      shifts.add(new Shift(shift.group(1).equals("-"), Span.parse(shift.group(2))));
    }
    return new Moment(parts.group(1), shifts);
  }

  Instant from(Instant labelled) {
    Instant instant = labelled;
    for (Shift shift : shifts) {
      instant = shift.back() ? shift.span().before(instant) : shift.span().after(instant);
    }
    return instant;
  }
}
