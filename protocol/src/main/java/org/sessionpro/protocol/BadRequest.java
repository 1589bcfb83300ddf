package org.sessionpro.protocol;

import java.util.List;

/// Input that breaks a rule of the contract: the one exception that parsers throw and routes answer.
///
/// It carries every problem found, in the order found. Protocol v1 reports the first, v0 all of
/// them. A problem names a member and a rule, never a value, so that it can be shown to anybody.
public final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// One broken rule, for example `ts` and `must be an integer`.
  ///
  /// @param field name of the offending member, or `body` for the document as a whole
  /// @param rule what is required of it
  public record Problem(String field, String rule) {
    /// A sentence for the person who reads the answer.
    public String text() {
      return field + " " + rule;
    }
  }

  public BadRequest(String field, String rule) {
    this(List.of(new Problem(field, rule)));
  }

  /// @param problems at least one
  public BadRequest(List<Problem> problems) {
    super(problems.getFirst().text(), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /// All problems, first found first; never empty.
  public List<Problem> problems() {
    return problems;
  }
}
