/// The App Store Server API and the responder for certificates over HTTP (`app-store.md` §1.4, §1.5,
/// §9.3).
@NullMarked
package org.sessionpro.simulator.apple.api;

import org.jspecify.annotations.NullMarked;
