package org.sessionpro.bench.load;

/// One kind of request.
///
/// @param onion whether requests come encrypted, as from the last hop of an onion path
///     (`onion-requests.md`); with XChaCha20-Poly1305, which today's clients use
public record Workload(Operation operation, Protocol protocol, boolean onion) {}
