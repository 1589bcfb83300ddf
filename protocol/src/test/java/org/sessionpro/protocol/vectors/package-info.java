/// Drives the contract's known answers: every case of a file is run, replaced or named as run
/// elsewhere, and the sum is checked against the file.
@NullMarked
package org.sessionpro.protocol.vectors;

import org.jspecify.annotations.NullMarked;
