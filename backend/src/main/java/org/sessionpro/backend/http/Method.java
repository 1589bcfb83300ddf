package org.sessionpro.backend.http;

/// A method that a route can be written for. `HEAD` comes with `GET`, `OPTIONS` with every route;
/// any other method is answered 405.
public enum Method {
  GET,
  POST
}
