package org.sessionpro.backend.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.Signer;
import org.sessionpro.protocol.fuzz.Allowed;
import org.sessionpro.protocol.fuzz.FuzzTarget;

/// All routes of a server in development mode: a few requests ([FuzzedRequest]) of one person, signed
/// or not. No handler fails, every answer obeys the rules, and nobody but a signer changes anything.
///
/// `@cursor` in a body stands for the cursor of the last page that was answered.
public final class HttpFuzz {
  public static final FuzzTarget TARGET =
      new FuzzTarget("http", HttpFuzz.class, HttpFuzz::fuzzerTestOneInput, Allowed.NOTHING);

  private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([0-9a-f]+)\"");

  private static final Person NOBODY = Person.unknown();

  private HttpFuzz() {}

  /// Called once by the fuzzer before it takes the time.
  public static void fuzzerInitialize() {
    FuzzedServer.next();
  }

  public static void fuzzerTestOneInput(byte[] input) {
    FuzzedServer server = FuzzedServer.next();
    Signer signer = server.signer();
    List<FuzzedRequest> requests = FuzzedRequest.all(input);
    Person person = requests.stream().anyMatch(FuzzedRequest::signed) ? Person.unknown() : NOBODY;
    String cursor = "";
    for (FuzzedRequest request : requests) {
      Reply reply =
          server.ask(
              request
                  .at(server.backend().now())
                  .replacing("@cursor", cursor)
                  .signedBy(person, signer));
      String answer = new String(reply.body().toByteArray(), ISO_8859_1);
      assertThat(answer).doesNotContain(person.masterKey().hex());
      Matcher page = CURSOR.matcher(answer);
      cursor = page.find() ? page.group(1) : cursor;
    }
  }
}
