/// The documents that the App Store signs (`app-store.md` §1.2, §2).
@NullMarked
package org.sessionpro.simulator.apple.document;

import org.jspecify.annotations.NullMarked;
