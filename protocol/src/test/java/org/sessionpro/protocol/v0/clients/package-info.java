/// What each released client accepts of an answer of v0 (`wire-v0.md` §9), as strict checks that any
/// test may run its answers through.
///
/// A check takes the bytes of an answer and throws an [AssertionError] that names client, member and
/// rule. It reads with a parser of its own, so that no fault of the code under test is shared.
@NullMarked
package org.sessionpro.protocol.v0.clients;

import org.jspecify.annotations.NullMarked;
