/// Takes over the database of the Python service (`import-python.md`): what its rows become here, and
/// the proof that everybody is answered as before.
@NullMarked
package org.sessionpro.backend.takeover;

import org.jspecify.annotations.NullMarked;
