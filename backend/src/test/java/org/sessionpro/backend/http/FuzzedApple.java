package org.sessionpro.backend.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.AppleSettings.Environment;
import org.sessionpro.backend.config.AppleSettings.Root;
import org.sessionpro.backend.config.AppleSettings.Trust;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.StoreSettings;
import org.sessionpro.backend.http.webhook.AppleWebhook;
import org.sessionpro.backend.store.apple.Payloads;
import org.sessionpro.backend.store.apple.TestPki;
import org.sessionpro.protocol.BadRequest;
import org.sessionpro.protocol.json.JsonObject;
import org.sessionpro.protocol.json.JsonValue;

/// The App Store of a fuzzed server, which signs whatever an input has it say.
///
/// A body for the webhook may have parts behind it, each after a line of one percent sign and numbered
/// from 1. These words in the body stand for what is behind it, and in a part for what is behind the part;
/// each counts where it comes first.
///
/// | word | what stands there |
/// |---|---|
/// | `@s1` | part 1 signed, by somebody whom the server believes |
/// | `@e1` | part 1 in Base64, as the pieces of something signed are written |
/// | `@leaf`, `@intermediate`, `@root` | the signer's certificates, as a header shows them |
final class FuzzedApple {
  private static final TestPki PKI = TestPki.withoutResponder();
  private static final int MOST_PARTS = 6;

  /// Everything that was signed, without the signature.
  private final Set<String> signed = new HashSet<>();

  /// Has a server believe it, and nobody asked about anything.
  ///
  /// @param folder for the certificate
  static StoreSettings settings(Path folder) throws IOException {
    Path root = Files.writeString(folder.resolve("root.pem"), PKI.rootAsPem());
    AppleSettings base = Payloads.settings(Environment.SANDBOX.api(), null);
    Trust trust = new Trust(List.of(new Root(Setting.APPLE_ROOT_CERTIFICATES, root)), true, false);
    AppleSettings trusting =
        new AppleSettings(
            base.app(), null, trust, base.catalogue(), base.api(), base.catchUp(), base.rate());
    return new StoreSettings(null, trusting, false);
  }

  /// The request as it is sent: one for the webhook with what its words stand for.
  FuzzedRequest complete(FuzzedRequest request) {
    if (!request.path().equals(AppleWebhook.PATH)) {
      return request;
    }
    String text = new String(request.body().toByteArray(), ISO_8859_1);
    List<String> parts = Arrays.asList(text.split("\n%\n", MOST_PARTS));
    List<String> chain = PKI.chain();
    for (int i = parts.size() - 1; i >= 0; i--) {
      String part = parts.get(i);
      part = once(part, "@leaf", () -> chain.getFirst());
      part = once(part, "@intermediate", () -> chain.get(1));
      part = once(part, "@root", () -> chain.getLast());
      for (int behind = i + 1; behind < parts.size(); behind++) {
        String other = parts.get(behind);
        part = once(part, "@s" + behind, () -> sign(other));
        part = once(part, "@e" + behind, () -> base64(other));
      }
      parts.set(i, part);
    }
    return request.with(parts.getFirst().getBytes(ISO_8859_1));
  }

  private static String once(String text, String word, Supplier<String> value) {
    int at = text.indexOf(word);
    return at < 0 ? text : text.substring(0, at) + value.get() + text.substring(at + word.length());
  }

  private String sign(String part) {
    String text = PKI.sign(new String(part.getBytes(ISO_8859_1), UTF_8)).value();
    signed.add(content(text));
    return text;
  }

  private static String content(String signed) {
    return signed.substring(0, Math.max(signed.lastIndexOf('.'), 0));
  }

  private static String base64(String part) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(ISO_8859_1));
  }

  /// Whether a request to the webhook carries something that this App Store has signed.
  boolean isAuthentic(FuzzedRequest request) {
    try {
      return JsonObject.parse(request.body().toByteArray()).member("signedPayload").orElse(null)
              instanceof JsonValue.Text(String text)
          && signed.contains(content(text));
    } catch (BadRequest noObject) {
      return false;
    }
  }
}
