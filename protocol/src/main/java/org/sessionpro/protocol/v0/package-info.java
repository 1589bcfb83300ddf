/// Protocol generation v0 in both directions, as the released clients speak it (`wire-v0.md`).
///
/// | who | starts at |
/// |---|---|
/// | client | the `sign` methods of [V0Request]s, then [V0Answer#parse] |
/// | server | the `parse` methods of [V0Request]s, [SignedByBoth#authenticity], [SignedByMaster#isAuthentic], then [V0Answer#toJson()] |
/// | verifier | [ProProof#verify] with [ProRevocations] |
@NullMarked
package org.sessionpro.protocol.v0;

import org.jspecify.annotations.NullMarked;
