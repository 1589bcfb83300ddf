package org.sessionpro.protocol;

import org.sessionpro.protocol.fuzz.FuzzSuite;
import org.sessionpro.protocol.json.JsonFuzz;
import org.sessionpro.protocol.onion.OnionFuzz;
import org.sessionpro.protocol.v0.V0Fuzz;
import org.sessionpro.protocol.v1.V1Fuzz;

/// All readers and writers of this module.
class CodecFuzzTest extends FuzzSuite {
  CodecFuzzTest() {
    super(JsonFuzz.TARGET, V0Fuzz.TARGET, V1Fuzz.TARGET, OnionFuzz.TARGET);
  }
}
