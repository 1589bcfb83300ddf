/// Protocol generation v1 in both directions: signed messages, requests, answers, proofs and the
/// page cursor (`wire-v1.md`).
@NullMarked
package org.sessionpro.protocol.v1;

import org.jspecify.annotations.NullMarked;
