/// What those who run the service ask about single accounts and about the ledger as a whole: `pro
/// account` and `pro doctor`. Reads only.
@NullMarked
package org.sessionpro.backend.cli.inspection;

import org.jspecify.annotations.NullMarked;
