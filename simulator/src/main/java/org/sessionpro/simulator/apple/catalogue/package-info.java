/// What an app sells in the App Store.
@NullMarked
package org.sessionpro.simulator.apple.catalogue;

import org.jspecify.annotations.NullMarked;
