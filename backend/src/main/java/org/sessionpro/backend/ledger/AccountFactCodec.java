package org.sessionpro.backend.ledger;

import org.sessionpro.backend.db.Micros;
import org.sessionpro.backend.entitlement.AccountFact;
import org.sessionpro.backend.entitlement.AccountFact.GenerationIssued;
import org.sessionpro.backend.entitlement.AccountFact.GenerationRevoked;
import org.sessionpro.backend.entitlement.AccountFact.OffsetDrawn;
import org.sessionpro.backend.entitlement.AccountFact.OperatorNote;
import org.sessionpro.backend.entitlement.ProofOffset;
import org.sessionpro.protocol.RevocationTag;

/// How facts about accounts are written in `facts`.
final class AccountFactCodec {
  private AccountFactCodec() {}

  static WrittenFact write(AccountFact fact) {
    return switch (fact) {
      case GenerationIssued f ->
          WrittenFact.of(
              "generation_issued",
              f.happenedAt(),
              json ->
                  json.integer("ordinal", f.ordinal())
                      .text("tag", f.tag().hex())
                      .integer("at", Micros.of(f.at())));
      case OffsetDrawn f ->
          WrittenFact.of(
              "offset_drawn",
              f.happenedAt(),
              json ->
                  json.integer("offset", f.offset().seconds()).integer("at", Micros.of(f.at())));
      case GenerationRevoked f ->
          WrittenFact.of(
              "generation_revoked",
              f.happenedAt(),
              json -> json.integer("ordinal", f.ordinal()).integer("at", Micros.of(f.at())));
      case OperatorNote f ->
          WrittenFact.of(
              "operator_note",
              f.happenedAt(),
              json -> json.text("reason", f.reason()).integer("at", Micros.of(f.at())));
    };
  }

  static AccountFact read(String kind, String body) {
    FactBody parts = FactBody.parse(body);
    return switch (kind) {
      case "generation_issued" ->
          new GenerationIssued(
              Math.toIntExact(parts.integer("ordinal")),
              RevocationTag.fromHex(parts.text("tag")),
              parts.instant("at"));
      case "offset_drawn" ->
          new OffsetDrawn(
              new ProofOffset(Math.toIntExact(parts.integer("offset"))), parts.instant("at"));
      case "generation_revoked" ->
          new GenerationRevoked(Math.toIntExact(parts.integer("ordinal")), parts.instant("at"));
      case "operator_note" -> new OperatorNote(parts.text("reason"), parts.instant("at"));
      default -> throw new IllegalStateException("unknown kind of account fact: " + kind);
    };
  }
}
