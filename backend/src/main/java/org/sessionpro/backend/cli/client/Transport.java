package org.sessionpro.backend.cli.client;

/// Carries a request to a Pro server and its answer back.
interface Transport {

  /// Posts a JSON document.
  ///
  /// @param path starts with `/`
  /// @return the document of an answer with status 200
  /// @throws org.sessionpro.backend.cli.CommandFailed if there is no such answer
  byte[] post(String path, byte[] body);
}
