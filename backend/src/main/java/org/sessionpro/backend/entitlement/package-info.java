/// The pure domain: facts, the payments they make, and what an account is entitled to.
///
/// Nothing here reads a clock, a database or a random source; instants and draws come in as
/// arguments (`entitlement.md`).
@NullMarked
package org.sessionpro.backend.entitlement;

import org.jspecify.annotations.NullMarked;
