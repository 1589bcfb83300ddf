package org.sessionpro.backend.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.Signer;
import org.sessionpro.backend.http.webhook.AppleWebhook;
import org.sessionpro.protocol.fuzz.Allowed;
import org.sessionpro.protocol.fuzz.FuzzTarget;

/// All routes of a server in development mode, also those of the App Store and of whoever runs it: a few
/// requests ([FuzzedRequest]) of one person and of the App Store ([FuzzedApple]), signed or not. No handler fails, every
/// answer obeys the rules, and nobody but a signer changes anything.
///
/// What the App Store sends is kept and not worked on: no jobs run in the server.
///
/// `@cursor` in a body stands for the cursor of the last page that was answered.
public final class HttpFuzz {
  public static final FuzzTarget TARGET =
      new FuzzTarget("http", HttpFuzz.class, HttpFuzz::fuzzerTestOneInput, Allowed.NOTHING);

  private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([0-9a-f]+)\"");

  /// The longest question whether the server is at rest that is asked: longer ones may wait a minute.
  private static final int LONGEST_WAIT = "wait_ms=99".length();

  private static final Person NOBODY = Person.unknown();

  private HttpFuzz() {}

  /// Called once by the fuzzer before it takes the time, which loading the server's classes would take up.
  public static void fuzzerInitialize() {
    TARGET.acceptSeeds();
  }

  public static void fuzzerTestOneInput(byte[] input) {
    FuzzedServer server = FuzzedServer.next();
    Signer signer = server.signer();
    List<FuzzedRequest> requests = FuzzedRequest.all(input);
    Person person = requests.stream().anyMatch(FuzzedRequest::signed) ? Person.unknown() : NOBODY;
    FuzzedApple apple = new FuzzedApple();
    String cursor = "";
    for (FuzzedRequest request : requests) {
      if (request.path().equals("/dev/quiet") && request.query().length() > LONGEST_WAIT) {
        continue;
      }
      FuzzedRequest timely = request.at(server.backend().now()).replacing("@cursor", cursor);
      Reply reply = ask(server, apple, apple.complete(timely).signedBy(person, signer));
      String answer = new String(reply.body().toByteArray(), ISO_8859_1);
      assertThat(answer).doesNotContain(person.masterKey().hex());
      Matcher page = CURSOR.matcher(answer);
      cursor = page.find() ? page.group(1) : cursor;
    }
  }

  private static Reply ask(FuzzedServer server, FuzzedApple apple, FuzzedRequest request) {
    if (!request.path().equals(AppleWebhook.PATH)) {
      boolean signed = server.signer().isAuthentic(request.path(), request.body().toByteArray());
      return server.ask(request, signed);
    }
    boolean signed = apple.isAuthentic(request);
    Reply reply = server.ask(request, signed);
    if (request.method().equals("POST") && reply.status() == 200) {
      assertThat(signed).as("signed").isTrue();
      long before = server.version();
      assertThat(server.once(request)).as("once more").isEqualTo(reply);
      assertThat(server.version()).as("written once more").isEqualTo(before);
    }
    return reply;
  }
}
