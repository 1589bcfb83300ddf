/// The two database engines behind one small interface: transactions, migrations, and how values
/// are written.
@NullMarked
package org.sessionpro.backend.db;

import org.jspecify.annotations.NullMarked;
