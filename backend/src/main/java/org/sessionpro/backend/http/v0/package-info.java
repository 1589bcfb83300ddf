/// Protocol v0 over HTTP, for the released clients: each endpoint turns a request into one question
/// to the floors below, and the outcome into an answer (`wire-v0.md` §5, `decisions.md` §2).
@NullMarked
package org.sessionpro.backend.http.v0;

import org.jspecify.annotations.NullMarked;
