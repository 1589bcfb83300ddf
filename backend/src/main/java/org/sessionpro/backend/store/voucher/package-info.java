/// Vouchers: the operator grants a length of service, which no store knows of.
@NullMarked
package org.sessionpro.backend.store.voucher;

import org.jspecify.annotations.NullMarked;
