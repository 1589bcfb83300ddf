package org.sessionpro.backend.http;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All paths that exist.
public final class RouteTable {
  private final Map<String, Route> routes;

  private RouteTable(Map<String, Route> routes) {
    this.routes = routes;
  }

  /// A table of `routes`.
  ///
  /// @throws IllegalArgumentException if two routes share a path
  public static RouteTable of(Collection<Route> routes) {
    Map<String, Route> byPath = new LinkedHashMap<>();
    for (Route route : routes) {
      if (byPath.put(route.path(), route) != null) {
        throw new IllegalArgumentException("two routes for " + route.path());
      }
    }
    return new RouteTable(Map.copyOf(byPath));
  }

  /// All routes, in no order.
  public Collection<Route> all() {
    return routes.values();
  }

  /// This table and one route more.
  public RouteTable with(Route route) {
    return of(Stream.concat(routes.values().stream(), Stream.of(route)).toList());
  }

  /// The part of this table that exists inside an onion: an allowlist, so that a route nobody
  /// thought of is not there.
  public RouteTable throughOnion() {
    List<Route> clients =
        routes.values().stream().filter(r -> r.reach() == Route.Reach.CLIENTS).toList();
    return of(clients);
  }

  /// Finds the route for a request line: unknown paths are 404, `OPTIONS` is 200 and empty, any
  /// other method that the route lacks is 405 (`decisions.md` §1).
  ///
  /// @param method upper case; of any text
  /// @param path as sent: compared byte by byte, never decoded or normalised
  public Resolution resolve(String method, String path) {
    Route route = routes.get(path);
    if (route == null) {
      return new Resolution.Refuse(Access.NO_ROUTE, Reply.plain(404));
    }
    return switch (method) {
      case "GET", "HEAD" -> serve(route, Method.GET);
      case "POST" -> serve(route, Method.POST);
      case "OPTIONS" -> new Resolution.Refuse(path, options(route));
      default -> wrongMethod(route);
    };
  }

  private static Resolution serve(Route route, Method method) {
    return route.methods().contains(method)
        ? new Resolution.Serve(route, method)
        : wrongMethod(route);
  }

  private static Resolution wrongMethod(Route route) {
    return new Resolution.Refuse(
        route.path(), Reply.plain(405).with(ReplyHeader.ALLOW, route.allow()));
  }

  private static Reply options(Route route) {
    return Reply.empty().with(ReplyHeader.ALLOW, route.allow());
  }
}
