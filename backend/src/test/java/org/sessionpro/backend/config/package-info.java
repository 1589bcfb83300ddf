@NullMarked
package org.sessionpro.backend.config;

import org.jspecify.annotations.NullMarked;
