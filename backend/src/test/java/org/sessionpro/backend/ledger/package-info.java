@NullMarked
package org.sessionpro.backend.ledger;

import org.jspecify.annotations.NullMarked;
