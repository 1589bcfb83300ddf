/// `pro db`: looks at the ledger's database and brings its tables up to date.
@NullMarked
package org.sessionpro.backend.cli.db;

import org.jspecify.annotations.NullMarked;
