@NullMarked
package org.sessionpro.backend.cli.db;

import org.jspecify.annotations.NullMarked;
