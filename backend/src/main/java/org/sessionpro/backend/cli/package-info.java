/// The command line: `pro <noun> <verb>`, one result frame for people and for programs, one line for
/// every error. Commands call what the server calls; no rule lives here.
@NullMarked
package org.sessionpro.backend.cli;

import org.jspecify.annotations.NullMarked;
