/// The App Store as a simulation of discrete events: subscriptions, what customers, support and time do
/// to them, and what is told about it (`app-store.md` §9.2).
@NullMarked
package org.sessionpro.simulator.apple.store;

import org.jspecify.annotations.NullMarked;
