package org.sessionpro.backend.takeover;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sessionpro.backend.entitlement.Binding;
import org.sessionpro.backend.entitlement.Binding.OwnerIds;
import org.sessionpro.backend.entitlement.PaymentId;
import org.sessionpro.backend.entitlement.RegisteredPayment;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.MasterKey;

/// How an account is answered once its owner has asked for anything, beside how it must be then
/// (`import-python.md` §6.1). Nothing of what is bound for that is kept.
record TouchedComparison(AccountPlan plan, MasterKey key, Target target, Prospect prospect) {

  /// Compares both.
  ///
  /// @param awaited whose payments wait for them in the target
  /// @param shifts gets the differences that have a name, and that the account does not show untouched
  /// @param losses gets the rules that let somebody who is served end earlier, and that the source alone
  ///     does not tell of
  /// @return the parts of the answer that nothing explains
  List<String> compare(Set<Binding> awaited, List<Forecast.Shift> shifts, Set<Category> losses) {
    Touch.Foreseen foreseen = plan.outlook().touch();
    boolean awaits = !Collections.disjoint(awaited, OwnerIds.of(key).all());
    if (foreseen == null || !awaits) {
      return foreseen == null && !awaits ? List.of() : List.of("touched");
    }
    Ledger.Details shown =
        target
            .imports()
            .touched(target.ledger(), key, AccountComparison.MOST_ITEMS, prospect.takenAt());
    if (shown == null) {
      return List.of("touched");
    }
    Touch touch = foreseen.with(numbers(shown));
    AnswerParts parts = new AnswerParts();
    parts.checkStanding(touch.forecast(), shown, prospect.options().allowance());
    parts.checkItems(touch.bound(), shown, AccountComparison.MOST_ITEMS, prospect.takenAt());
    touch.claims().forEach(why -> shifts.add(new Forecast.Shift(why, touch.forecast().shift(why))));
    touch.forecast().shifts().stream()
        .filter(one -> !touch.claims().contains(one.category()))
        .filter(one -> !plan.forecast().categories().contains(one.category()))
        .forEach(shifts::add);
    losses.addAll(touch.forecast().losses());
    losses.removeAll(plan.outlook().losses());
    return parts.differing().stream().map(part -> "touched_" + part).toList();
  }

  private static Set<PaymentId> numbers(Ledger.Details shown) {
    return shown.newest().stream().map(RegisteredPayment::id).collect(Collectors.toSet());
  }
}
