package org.sessionpro.backend.http;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sessionpro.protocol.v0.V0Status;
import org.sessionpro.protocol.v1.ErrorCode;

/// What came of a request, for counting: one of few words, whatever was asked.
///
/// | word | meaning |
/// |---|---|
/// | `ok` | it was answered as asked |
/// | a slug of v1, the name of a status of v0 | it was refused for that reason |
/// | `http_404` and so on | it was refused with that status |
/// | `shed` | there was no time or no memory for it |
/// | `fault` | the server failed |
///
/// @param word lower case, digits and underscores
public record Outcome(String word) {
  public static final Outcome OK = new Outcome("ok");
  public static final Outcome SHED = new Outcome("shed");
  public static final Outcome FAULT = new Outcome("fault");

  private static final Map<ErrorCode, Outcome> OF_V1 =
      Arrays.stream(ErrorCode.values())
          .collect(
              Collectors.toMap(
                  code -> code,
                  code -> new Outcome(code.slug()),
                  (one, _) -> one,
                  () -> new EnumMap<>(ErrorCode.class)));

  private static final Outcome OTHER_OF_V0 = new Outcome("other_error");

  /// A refusal of v1.
  public static Outcome of(ErrorCode code) {
    return OF_V1.getOrDefault(code, FAULT);
  }

  /// An answer of v0 with that status.
  public static Outcome ofV0(int status) {
    return V0Status.ofCode(status)
        .map(known ->
            known == V0Status.SUCCESS ? OK : new Outcome(known.name().toLowerCase(Locale.ROOT)))
        .orElse(OTHER_OF_V0);
  }

  /// An answer that says no more than its HTTP status does.
  static Outcome ofStatus(int status) {
    return status == 200 ? OK : new Outcome("http_" + status);
  }
}
