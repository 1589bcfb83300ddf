/// Reads the databases of the Python service, which is all that is known of them here: no rule of ours
/// enters, and nothing is changed (`import-python.md` §1–3, §7.1).
@NullMarked
package org.sessionpro.backend.takeover.source;

import org.jspecify.annotations.NullMarked;
