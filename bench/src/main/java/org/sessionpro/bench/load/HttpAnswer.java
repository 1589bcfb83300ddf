package org.sessionpro.bench.load;

import org.sessionpro.protocol.ByteString;

/// What came back over the wire.
///
/// @param status of the status line
record HttpAnswer(int status, ByteString body) {}
