package org.sessionpro.backend.takeover;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.ledger.Inheritance.Quarantined;
import org.sessionpro.backend.takeover.source.V0Payment;

/// What becomes of a payment that names no owner.
///
/// @param payment mended; null if it is put aside, or is part of another row's payment
record PendingPlan(@Nullable V0Payment payment, List<Quarantined> quarantine, List<Note> notes) {

  static PendingPlan of(Ground ground, V0Payment row) {
    List<Note> notes = new ArrayList<>();
    Anomaly unusable = RowRepair.unusable(row);
    if (unusable != null) {
      notes.add(Note.of(unusable, Subject.payment(row.id())));
      return new PendingPlan(null, List.of(RowsAsJson.of(row, unusable)), notes);
    }
    Namesakes namesakes = ground.namesakes();
    if (namesakes.contest(row)) {
      notes.add(new Note(Anomaly.DUPLICATE_PAYMENT, true, Subject.payment(row.id())));
      Quarantined aside = RowsAsJson.of(row, Anomaly.DUPLICATE_PAYMENT);
      return new PendingPlan(null, List.of(aside), notes);
    }
    V0Payment payment = row;
    if (namesakes.concern(row)) {
      notes.add(Note.of(Anomaly.DUPLICATE_PAYMENT, Subject.payment(row.id())));
      payment = namesakes.unowned(row);
    }
    RowRepair repair = new RowRepair(ground.now(), ground.options().development(), notes::add);
    return new PendingPlan(payment == null ? null : repair.mend(payment, false), List.of(), notes);
  }
}
