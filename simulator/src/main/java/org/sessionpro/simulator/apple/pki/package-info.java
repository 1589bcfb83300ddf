/// The certificates and keys of a simulated App Store, what is signed with them, and the responder that
/// says whether they still stand (`app-store.md` §1.2, §9.1).
@NullMarked
package org.sessionpro.simulator.apple.pki;

import org.jspecify.annotations.NullMarked;
