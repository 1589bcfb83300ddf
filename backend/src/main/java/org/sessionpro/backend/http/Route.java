package org.sessionpro.backend.http;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One path of the server and all that is particular to it.
///
/// @param path exactly as clients send it; no other spelling reaches the route
/// @param methods one or both; `HEAD` comes with `GET`, `OPTIONS` always
/// @param maxBodyBytes longest accepted body, 0…10 485 760; a longer one is answered 413
/// @param faults what a fault of the handler becomes
/// @param admission when its requests are worked on
public record Route(
    String path,
    Set<Method> methods,
    Reach reach,
    int maxBodyBytes,
    FaultAnswer faults,
    Handler handler,
    Admission admission) {

  /// Ways on which a route can be reached.
  public enum Reach {
    /// Directly and through an onion: the routes of clients.
    CLIENTS,
    /// Directly only; inside an onion the path does not exist (`onion-requests.md` §7).
    DIRECT_ONLY
  }

  /// The code behind a route. It may block; it runs on a virtual thread.
  @FunctionalInterface
  public interface Handler {
    /// Answers `exchange`. Whatever is thrown is logged and becomes the route's [FaultAnswer].
    Reply handle(Exchange exchange);
  }

  /// @throws IllegalArgumentException if no request could ever match, or the limit is out of range
  public Route {
    if (!path.matches("(/[A-Za-z0-9._-]+)+")) {
      throw new IllegalArgumentException("not the path of a route: " + path);
    }
    if (methods.isEmpty()) {
      throw new IllegalArgumentException("a route needs a method: " + path);
    }
    if (maxBodyBytes < 0 || maxBodyBytes > HttpLimits.BodyLimits.CEILING) {
      throw new IllegalArgumentException("body limit out of range: " + maxBodyBytes);
    }
    methods = Set.copyOf(methods);
  }

  /// A route whose requests queue with those of all other clients, or with what does not come from
  /// clients, by its reach.
  public Route(
      String path,
      Set<Method> methods,
      Reach reach,
      int maxBodyBytes,
      FaultAnswer faults,
      Handler handler) {
    this(path, methods, reach, maxBodyBytes, faults, handler, new Admission.Gated(lane(reach)));
  }

  private static Lane lane(Reach reach) {
    return switch (reach) {
      case CLIENTS -> Lane.CLIENTS;
      case DIRECT_ONLY -> Lane.OTHERS;
    };
  }

  /// The same with another admission.
  public Route with(Admission other) {
    return new Route(path, methods, reach, maxBodyBytes, faults, handler, other);
  }

  /// Value of the `Allow` header.
  String allow() {
    Stream<String> own =
        EnumSet.copyOf(methods).stream()
            .flatMap(method ->
                method == Method.GET ? Stream.of("GET", "HEAD") : Stream.of(method.name()));
    return Stream.concat(own, Stream.of("OPTIONS")).collect(Collectors.joining(", "));
  }
}
