package org.sessionpro.simulator.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// An HTTP request, its body unpacked.
///
/// @param path the path as it came, percent-encoded
/// @param query decoded parameters; of repeated ones the last counts
/// @param authorization the header of that name, empty if there is none
public record Request(
    String method, String path, Map<String, String> query, String authorization, ByteString body) {
  private static final Pattern VERB = Pattern.compile(":[a-zA-Z]+$");

  static Request of(String method, URI target, String authorization, byte[] body) {
    return new Request(
        method,
        target.getRawPath(),
        parameters(target.getRawQuery()),
        authorization,
        ByteString.of(body));
  }

  /// Decoded name-value pairs as they stand in a query or a form.
  ///
  /// @param encoded null is none
  public static Map<String, String> parameters(@Nullable String encoded) {
    Map<String, String> parameters = new HashMap<>();
    if (encoded != null) {
      for (String pair : encoded.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        parameters.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  /// The parts between the slashes, decoded, the last one without its verb.
  public List<String> segments() {
    String named = path.substring(1, path.length() - verbWithColon().length());
    return Arrays.stream(named.split("/", -1)).map(Request::decodePart).toList();
  }

  /// The custom verb of Google's APIs: letters behind the last colon; empty if there are none. Colons
  /// within a name need not be encoded, so a colon alone does not begin a verb.
  public String verb() {
    String verb = verbWithColon();
    return verb.isEmpty() ? "" : verb.substring(1);
  }

  private String verbWithColon() {
    Matcher verb = VERB.matcher(path);
    return verb.find() ? verb.group() : "";
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /// In a path a plus sign is a plus sign.
  private static String decodePart(String encoded) {
    return decode(encoded.replace("+", "%2B"));
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
