@NullMarked
package org.sessionpro.backend.jobs;

import org.jspecify.annotations.NullMarked;
