/// The tables: facts, payments, accounts, generations and the revocation ticket, and the one way
/// to change them.
@NullMarked
package org.sessionpro.backend.ledger;

import org.jspecify.annotations.NullMarked;
