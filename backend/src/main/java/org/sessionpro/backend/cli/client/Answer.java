package org.sessionpro.backend.cli.client;

import org.sessionpro.backend.cli.Report;
import org.sessionpro.protocol.ByteString;

/// A result of the server.
///
/// @param report what it says, for people
/// @param result the `result` object as the protocol writes it, for programs and for files
record Answer(Report report, ByteString result) {}
