/// The language of scenarios, the same for every simulated store: what happens, when, and what must be
/// true then. See [org.sessionpro.simulator.script.ScriptParser] for its grammar.
///
/// A script drives two things: the stores, through a [org.sessionpro.simulator.script.Stage] each, and
/// the server under test, which this module cannot see, through
/// [org.sessionpro.simulator.script.ServerUnderTest].
@NullMarked
package org.sessionpro.simulator.script;

import org.jspecify.annotations.NullMarked;
