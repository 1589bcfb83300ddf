package org.sessionpro.backend.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.Signer;
import org.sessionpro.protocol.ByteString;

/// A request as the input of a fuzz target writes it:
///
/// ```
/// POST /status?query
/// the body, to the end or to a line of two percent signs
/// %%
/// signed gzip POST /get_pro_status
/// {"master_pkey":…
/// ```
///
/// @param signed whether somebody shall sign what the body asks
/// @param gzip whether the client reads compressed answers
/// @param query empty if there is none
record FuzzedRequest(
    boolean signed, boolean gzip, String method, String path, String query, ByteString body) {
  private static final int MOST = 6;

  /// The first few requests of an input.
  static List<FuzzedRequest> all(byte[] input) {
    return Arrays.stream(new String(input, ISO_8859_1).split("\n%%\n", MOST + 1))
        .limit(MOST)
        .map(FuzzedRequest::of)
        .toList();
  }

  private static FuzzedRequest of(String text) {
    int end = text.indexOf('\n');
    String line = utf8(end < 0 ? text : text.substring(0, end));
    String body = end < 0 ? "" : text.substring(end + 1);
    boolean signed = line.startsWith("signed ");
    String unsigned = signed ? line.substring("signed ".length()) : line;
    boolean gzip = unsigned.startsWith("gzip ");
    String rest = gzip ? unsigned.substring("gzip ".length()) : unsigned;
    int blank = rest.indexOf(' ');
    String method = blank < 0 ? "POST" : upperCase(rest.substring(0, blank));
    String target = rest.substring(blank + 1);
    int mark = target.indexOf('?');
    return new FuzzedRequest(
        signed,
        gzip,
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        ByteString.of(body.getBytes(ISO_8859_1)));
  }

  /// As both ways hand it to the routes: ASCII letters are large, the others as they are.
  private static String upperCase(String method) {
    char[] letters = method.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      letters[i] = letters[i] < 128 ? Character.toUpperCase(letters[i]) : letters[i];
    }
    return new String(letters);
  }

  private static String utf8(String latin1) {
    return new String(latin1.getBytes(ISO_8859_1), UTF_8);
  }

  /// The request with the time where its body says `@ts` (seconds) or `@ms`.
  FuzzedRequest at(Instant now) {
    return replacing("@ts", Long.toString(now.getEpochSecond()))
        .replacing("@ms", Long.toString(now.toEpochMilli()));
  }

  FuzzedRequest replacing(String word, String value) {
    String text = new String(body.toByteArray(), ISO_8859_1);
    return text.contains(word) ? with(text.replace(word, value).getBytes(ISO_8859_1)) : this;
  }

  /// The request in the name of `person`, if it wants to be signed.
  FuzzedRequest signedBy(Person person, Signer signer) {
    return signed ? with(signer.sign(person, path, body.toByteArray())) : this;
  }

  FuzzedRequest withoutGzip() {
    return new FuzzedRequest(signed, false, method, path, query, body);
  }

  /// The same with another body.
  FuzzedRequest with(byte[] other) {
    return new FuzzedRequest(signed, gzip, method, path, query, ByteString.of(other));
  }
}
