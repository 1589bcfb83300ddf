/// What the contract of v1 allows an answer to be (`wire-v1.md`), as strict checks that any test may
/// run its answers through.
///
/// A check takes the bytes of an answer and throws an [AssertionError] that names member and rule. It
/// reads with a parser of its own, so that no fault of the code under test is shared.
@NullMarked
package org.sessionpro.protocol.v1.clients;

import org.jspecify.annotations.NullMarked;
