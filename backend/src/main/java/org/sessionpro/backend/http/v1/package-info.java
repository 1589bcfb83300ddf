/// Protocol v1 over HTTP: each endpoint turns a request into one question to the floors below, and
/// the outcome into an answer (`wire-v1.md` §8 to §11).
@NullMarked
package org.sessionpro.backend.http.v1;

import org.jspecify.annotations.NullMarked;
