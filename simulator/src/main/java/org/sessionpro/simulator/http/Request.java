package org.sessionpro.simulator.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.ByteString;

/// An HTTP request, its body unpacked.
///
/// @param path the path as it came, percent-encoded
/// @param query decoded parameters; of repeated ones the last counts
/// @param authorization the header of that name, empty if there is none
public record Request(
    String method, String path, Map<String, String> query, String authorization, ByteString body) {
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

  /// The parts between the slashes, decoded; a verb behind a colon stays on the last one.
  public List<String> segments() {
    return Arrays.stream(beforeVerb().substring(1).split("/", -1)).map(Request::decode).toList();
  }

  /// What follows a colon in the last part, the custom verb of Google's APIs; empty if there is none.
  ///
  /// A colon inside a name is sent percent-encoded, so it never begins a verb.
  public String verb() {
    int colon = path.indexOf(':', path.lastIndexOf('/'));
    return colon < 0 ? "" : path.substring(colon + 1);
  }

  private String beforeVerb() {
    int colon = path.indexOf(':', path.lastIndexOf('/'));
    return colon < 0 ? path : path.substring(0, colon);
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
