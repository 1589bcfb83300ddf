@NullMarked
package org.sessionpro.backend.entitlement;

import org.jspecify.annotations.NullMarked;
