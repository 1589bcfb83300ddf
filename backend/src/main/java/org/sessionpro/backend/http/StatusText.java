package org.sessionpro.backend.http;

/// The fixed texts of answers outside the protocols' own envelopes.
///
/// None begins with a text by which relays report faults of their own and on which clients act
/// (`onion-requests.md` §9).
final class StatusText {
  private StatusText() {}

  static String of(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad request";
      case 401 -> "Not accepted";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 408 -> "The request took too long to arrive";
      case 413 -> "Body too large";
      case 414 -> "Request target too long";
      case 417 -> "Expectation not supported";
      case 426 -> "Only HTTP/1.1 is spoken here";
      case 431 -> "Header too large";
      case 500 -> "Internal error";
      case 503 -> "Not available now";
      case 505 -> "HTTP version not supported";
      default -> status < 500 ? "Request refused" : "Error";
    };
  }
}
