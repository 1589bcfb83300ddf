package org.sessionpro.simulator.google.play;

import org.jspecify.annotations.Nullable;
import org.sessionpro.simulator.google.play.OneTimePurchase.Basket;

/// An order of things that are bought once.
///
/// @param ids what the app tells Play; null if it tells nothing
/// @param pending whether the payment takes its time
/// @param test whether a licence tester buys
public record OneTimeOrder(
    PlayAccount buyer, Basket basket, @Nullable ExternalIds ids, boolean pending, boolean test) {}
