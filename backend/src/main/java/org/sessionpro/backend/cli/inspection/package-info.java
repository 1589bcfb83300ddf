/// What those who run the service ask and do about single accounts, the ledger as a whole, owed work
/// and Google Play: `pro account`, `pro doctor`, `pro inbox` and `pro google`. The first two only read.
@NullMarked
package org.sessionpro.backend.cli.inspection;

import org.jspecify.annotations.NullMarked;
