/// What the operator may set: one record a section, read once, validated as a whole, every problem
/// reported together (`operator-v0.md` §1, `operator-v1.md` §1).
@NullMarked
package org.sessionpro.backend.config;

import org.jspecify.annotations.NullMarked;
