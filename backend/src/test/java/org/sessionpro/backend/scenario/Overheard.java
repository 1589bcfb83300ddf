package org.sessionpro.backend.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.FrontDesk.Handled;

/// The graces that a program was told of over its sockets: by the notifications that it took, and by the
/// answers that arrived whole.
final class Overheard implements AppleTruthCheck.Hearing {
  private static final int OK = 200;

  /// Something signed; in the middle is what it says.
  private static final Pattern SIGNED = Pattern.compile("eyJ[\\w-]*\\.([\\w-]+)\\.[\\w-]+");

  private static final Pattern GRACE = Pattern.compile("\"gracePeriodExpiresDate\":(\\d+)");
  private static final Pattern ORIGINAL = Pattern.compile("\"originalTransactionId\":\"(\\d+)\"");

  private final Set<Grace> graces = ConcurrentHashMap.newKeySet();

  private record Grace(TransactionId original, Instant until) {}

  @Override
  public boolean ofGrace(TransactionId original, Instant until) {
    return graces.contains(new Grace(original, until));
  }

  /// @param status that the program answered
  void notification(ByteString body, int status) {
    if (status == OK) {
      read(text(body.toByteArray()));
    }
  }

  void answer(Handled handled) {
    Answer answer = handled.answer();
    if (answer != null
        && answer.status() == OK
        && !(handled.effect() instanceof Effect.Malformed)) {
      read(text(answer.body().toByteArray()));
    }
  }

  /// What is signed may hold more that is.
  private void read(String text) {
    Matcher signed = SIGNED.matcher(text);
    while (signed.find()) {
      String said = text(Base64.getUrlDecoder().decode(signed.group(1)));
      first(GRACE, said)
          .flatMap(until ->
              first(ORIGINAL, said)
                  .map(original ->
                      new Grace(
                          new TransactionId(original),
                          Instant.ofEpochMilli(Long.parseLong(until)))))
          .ifPresent(graces::add);
      read(said);
    }
  }

  private static Optional<String> first(Pattern pattern, String said) {
    Matcher found = pattern.matcher(said);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
