package org.sessionpro.bench.load;

import java.nio.ByteBuffer;

/// What came back over the wire.
///
/// @param status of the status line
/// @param gzipped whether the body is compressed
/// @param body valid until the next request on the same connection
record HttpAnswer(int status, boolean gzipped, ByteBuffer body) {}
