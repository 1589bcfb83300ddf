package org.sessionpro.simulator.google.life;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.OrderId;
import org.sessionpro.protocol.PurchaseToken;
import org.sessionpro.simulator.google.catalogue.ProductId;

/// What is true of something bought once.
///
/// @param owner the obfuscated account id; null if it belongs to nobody
/// @param left how many of the things have not gone back
/// @param purchasedAt when it was paid
/// @param acknowledged whether Play was told
public record OneTimeTruth(
    PurchaseToken token,
    OrderId order,
    ProductId product,
    @Nullable String owner,
    int left,
    Instant purchasedAt,
    boolean acknowledged) {}
