/// The vocabulary that both protocol generations share: typed identifiers, plans, and the one
/// exception for bad input.
@NullMarked
package org.sessionpro.protocol;

import org.jspecify.annotations.NullMarked;
