package org.sessionpro.protocol.onion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.crypto.AgreementKey;
import org.sessionpro.protocol.crypto.Seed;
import org.sessionpro.protocol.fuzz.Allowed;
import org.sessionpro.protocol.fuzz.FuzzTarget;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// The onion envelope, outside and inside, in both directions. The first byte of an input says what
/// the rest is:
///
/// | byte | rest |
/// |---|---|
/// | `o` | an outer body |
/// | `j` | the JSON behind a correct ciphertext; `%s` stands for the ephemeral key |
/// | `g`, `x` | the plaintext of a request, correctly sealed by either cipher |
/// | `r` | the plaintext of a reply |
/// | `k` | the text of an ephemeral key |
public final class OnionFuzz {
  private static final Allowed ALLOWED = Allowed.only(OnionRejected.class);
  public static final FuzzTarget TARGET =
      new FuzzTarget("onion", OnionFuzz.class, OnionFuzz::fuzzerTestOneInput, ALLOWED);

  /// A list by its grammar, one character a byte; lengths are compared apart.
  private static final Pattern LIST = Pattern.compile("l([0-9]{1,10}):(.*)e", Pattern.DOTALL);

  private static final Pattern STRING = Pattern.compile("([0-9]{1,10}):(.*)", Pattern.DOTALL);

  /// Also opens what the known answers hold.
  private static final OnionServer SERVER =
      new OnionServer(
          Exchange.CRYPTO, Exchange.SERVER_KEY, List.of(keyOfVectors()), Exchange.RANDOM);

  private OnionFuzz() {}

  private static AgreementKey keyOfVectors() {
    String seed = "44129c826ffc4dbab430849740c0695c7293d24879fae1fe14dcf7c8ac6fcc12";
    return Exchange.CRYPTO.agreementKey(Seed.fromHex(seed));
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    switch (input[0]) {
      case 'j' -> ALLOWED.read(() -> Exchange.SERVER.open(Exchange.outerBody(text(rest))));
      case 'g' -> checkRequest(rest, Aead.AES_256_GCM);
      case 'x' -> checkRequest(rest, Aead.XCHACHA20_POLY1305);
      case 'r' -> checkReply(rest);
      case 'k' -> checkKey(text(rest));
      default -> checkOuter(rest);
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }

  /// What opens has been sealed by somebody who knows the server's key, and opens again.
  private static void checkOuter(byte[] body) {
    ALLOWED
        .read(() -> SERVER.open(body))
        .ifPresent(opened -> assertThat(SERVER.open(body).request()).isEqualTo(opened.request()));
  }

  private static void checkRequest(byte[] plaintext, Aead aead) {
    byte[] outer = Exchange.outerBody(plaintext, aead);
    OpenedOnion opened = Exchange.SERVER.open(outer);
    assertThat(opened.request().isPresent()).isEqualTo(isRequest(plaintext));
    opened
        .request()
        .ifPresent(request -> {
          assertThat(RequestPlaintext.read(RequestPlaintext.write(request))).contains(request);
          assertThat(request.toString()).doesNotContain(request.path());
        });
    byte[] changed = outer.clone();
    changed[4 + plaintext.length % aead.nonceSize()] ^= 1;
    assertThat(ALLOWED.read(() -> Exchange.SERVER.open(changed))).isEmpty();
    OnionReply reply = OnionReply.json(ByteString.of(plaintext));
    assertThat(ReplyPlaintext.read(ReplyPlaintext.write(reply))).contains(reply);
  }

  /// Whether the rules of `onion-requests.md` §6 make it one.
  private static boolean isRequest(byte[] plaintext) {
    Matcher list = LIST.matcher(new String(plaintext, ISO_8859_1));
    if (!list.matches()) {
      return false;
    }
    long length = Long.parseLong(list.group(1));
    String strings = list.group(2);
    if (length > strings.length()) {
      return false;
    }
    String body = strings.substring((int) length);
    Matcher second = STRING.matcher(body);
    return (body.isEmpty()
            || (second.matches() && Long.parseLong(second.group(1)) == second.group(2).length()))
        && isMetadata(strings.substring(0, (int) length).getBytes(ISO_8859_1));
  }

  private static boolean isMetadata(byte[] utf8) {
    Optional<JsonObject> metadata =
        Allowed.only(BadRequest.class).read(() -> JsonObject.parse(utf8));
    return metadata
        .filter(json ->
            json.member("method").orElse(null) instanceof JsonValue.Text
                && json.member("endpoint").orElse(null) instanceof JsonValue.Text(String path)
                && path.startsWith("/")
                && json.member("headers").map(JsonObject.class::isInstance).orElse(true))
        .isPresent();
  }

  /// A client reads a reply or refuses it; what it reads is written as the same.
  private static void checkReply(byte[] plaintext) {
    SealedOnion asked =
        Exchange.CLIENT.seal(Exchange.request("/status", new byte[0]), Aead.AES_256_GCM);
    assertThat(ALLOWED.read(() -> asked.open(plaintext))).isEmpty();
    ReplyPlaintext.read(plaintext)
        .ifPresent(
            reply -> assertThat(ReplyPlaintext.read(ReplyPlaintext.write(reply))).contains(reply));
  }

  private static void checkKey(String text) {
    EphemeralKey.parse(text)
        .ifPresent(key -> {
          assertThat(key.size()).isEqualTo(32);
          assertThat(EphemeralKey.parse(key.hex())).contains(key);
        });
  }
}
