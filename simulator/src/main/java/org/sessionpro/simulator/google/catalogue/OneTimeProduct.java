package org.sessionpro.simulator.google.catalogue;

/// Something bought once, in any quantity.
public record OneTimeProduct(ProductId id, Price price) {}
