package org.sessionpro.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.crypto.Aead;
import org.sessionpro.protocol.onion.OnionReply.ContentType;

/// What holds for any request, reply and garbage.
class OnionPropertyTest {
  private static final byte[] PLAINTEXT =
      ("l82:{\"method\":\"POST\",\"endpoint\":\"/echo\",\"headers\":"
              + "{\"Content-Type\":\"application/json\"}}4:bodye")
          .getBytes(StandardCharsets.US_ASCII);

  @Property(tries = 300)
  void exchangeReachesBothSidesUnchanged(
      @ForAll Aead aead,
      @ForAll("wellFormed") String path,
      @ForAll("wellFormed") String query,
      @ForAll("wellFormed") String headerValue,
      @ForAll @Size(max = 400) byte[] requestBody,
      @ForAll @IntRange(min = 200, max = 599) int code,
      @ForAll ContentType type,
      @ForAll @Size(max = 400) byte[] replyBody) {
    OnionRequest request =
        new OnionRequest(
            "POST",
            "/" + path.replace('?', '!'),
            Optional.of(query).filter(text -> !text.isEmpty()),
            Map.of("x-note", headerValue),
            ByteString.of(requestBody));
    SealedOnion sealed = Exchange.CLIENT.seal(request, aead);
    OpenedOnion opened = Exchange.SERVER.open(sealed.outerBody());
    assertThat(opened.request()).contains(request);

    OnionReply reply = new OnionReply(code, type, Optional.empty(), ByteString.of(replyBody));
    assertThat(sealed.open(opened.seal(reply))).isEqualTo(reply);
  }

  @Property(tries = 1_000)
  void randomBytesAreRejected(@ForAll @Size(max = 400) byte[] body) {
    assertThat(isOpened(body)).isFalse();
  }

  @Property(tries = 1_000)
  void randomBytesOfAPlausibleLengthAreRejected(
      @ForAll @Size(min = 4, max = 400) byte[] body, @ForAll @IntRange(max = 400) int length) {
    body[0] = (byte) length;
    body[1] = (byte) (length >> 8);
    body[2] = 0;
    body[3] = 0;
    assertThat(isOpened(body)).isFalse();
  }

  @Property(tries = 1_000)
  void changedCiphertextIsRejected(
      @ForAll Aead aead, @ForAll int position, @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] body = Exchange.outerBody(PLAINTEXT, aead);
    int length = aead.nonceSize() + PLAINTEXT.length + Aead.TAG_SIZE;
    body[Math.floorMod(position, OuterBody.OFFSET + length)] ^= (byte) change;
    assertThat(isOpened(body)).isFalse();
  }

  /// Behind the ciphertext a change may be one that the contract ignores, so it may be opened.
  @Property(tries = 1_000)
  void changedBodyIsOpenedOrRejectedAndNothingElse(
      @ForAll Aead aead,
      @ForAll int position,
      @ForAll byte change,
      @ForAll @IntRange(max = 8) int removed) {
    byte[] body = Exchange.outerBody(PLAINTEXT, aead);
    body[Math.floorMod(position, body.length)] = change;
    byte[] shortened = Arrays.copyOf(body, body.length - removed);
    if (isOpened(shortened)) {
      assertThat(removed).isZero();
    }
  }

  @Property(tries = 1_000)
  void anyPlaintextIsARequestOrAnsweredAsMalformed(@ForAll @Size(max = 200) byte[] plaintext) {
    assertThat(Exchange.read(plaintext)).isEmpty();
  }

  @Property(tries = 1_000)
  void changedPlaintextIsARequestOrAnsweredAsMalformed(
      @ForAll int position, @ForAll byte change, @ForAll @IntRange(max = 3) int removed) {
    byte[] changed = PLAINTEXT.clone();
    changed[Math.floorMod(position, changed.length)] = change;
    Optional<OnionRequest> request =
        Exchange.read(Arrays.copyOf(changed, changed.length - removed));
    request.ifPresent(read -> assertThat(read.path()).startsWith("/"));
  }

  @Property(tries = 1_000)
  void randomReplyIsRejectedByTheClient(
      @ForAll Aead aead, @ForAll @Size(max = 200) byte[] httpBody) {
    SealedOnion sealed = Exchange.CLIENT.seal(Exchange.request("/", new byte[0]), aead);
    assertThat(isRejected(sealed, httpBody)).isTrue();
  }

  @Provide
  Arbitrary<String> wellFormed() {
    return Arbitraries.strings()
        .ofMaxLength(40)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }

  /// Any exception but the one agreed on fails the test.
  private static boolean isOpened(byte[] body) {
    try {
      Exchange.SERVER.open(body);
      return true;
    } catch (OnionRejected rejected) {
      return false;
    }
  }

  private static boolean isRejected(SealedOnion sealed, byte[] httpBody) {
    try {
      sealed.open(httpBody);
      return false;
    } catch (OnionRejected rejected) {
      return true;
    }
  }
}
