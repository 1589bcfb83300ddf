/// The examples of `docs/clients.md`, compiled and run.
@NullMarked
package org.sessionpro.protocol.guide;

import org.jspecify.annotations.NullMarked;
