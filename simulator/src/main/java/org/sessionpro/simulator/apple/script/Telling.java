package org.sessionpro.simulator.apple.script;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.api.HistoryForm;
import org.sessionpro.simulator.apple.delivery.Delivery;
import org.sessionpro.simulator.apple.delivery.DeliveryRule;
import org.sessionpro.simulator.apple.delivery.Notification;
import org.sessionpro.simulator.apple.document.UpgradeForm;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ScriptError;

/// The steps of scripts in which the store says something, or something becomes of what it says.
final class Telling {
  private final AppleSimulator simulator;

  Telling(AppleSimulator simulator) {
    this.simulator = simulator;
  }

  Instant perform(AppleStep.Telling step, Scene scene) {
    Delivery delivery = simulator.delivery();
    switch (step) {
      case AppleStep.Notify notify -> {
        TransactionId id = AppleStage.original(notify.name(), scene);
        TransactionId newest = simulator.store().subscription(id).newest().ids().told();
        return simulator.store().mention(newest, notify.news());
      }
      case AppleStep.Announce announce -> {
        return simulator.store().announce(announce.news());
      }
      case AppleStep.Reissue reissue -> delivery.reissue(told(reissue, scene), now(scene));
      case AppleStep.Deliver rule -> delivery.add(rule(rule, scene));
      case AppleStep.DeliverNormally _ -> delivery.clear();
      case AppleStep.Release release -> {
        simulator.store().catchUp();
        delivery.release(release.order(), now(scene));
      }
      case AppleStep.Seed seed -> delivery.seed(seed.seed());
      case AppleStep.RotateLeaf _ -> simulator.pki().rotateLeaf();
      case AppleStep.RevokeLeaf revoke -> revoke(revoke.revoked());
      case AppleStep.HistoryLag lag -> delivery.log().setLag(lag.lag());
      case AppleStep.SetHistoryForm form -> simulator.notifications().setForm(form.form());
      case AppleStep.SetUpgradeForm form -> simulator.documents().setUpgradeForm(form.form());
    }
    return now(scene);
  }

  /// Everything is as if no script had been played.
  void calm() {
    simulator.delivery().clear();
    simulator.delivery().log().setLag(Duration.ZERO);
    simulator.pki().reinstateAll();
    simulator.notifications().setForm(HistoryForm.ORIGINAL);
    simulator.documents().setUpgradeForm(UpgradeForm.MARKED);
    simulator.store().rankAsUsual();
  }

  private void revoke(boolean revoked) {
    if (revoked) {
      simulator.pki().revokeLeaf();
    } else {
      simulator.pki().reinstateAll();
    }
  }

  private Notification told(AppleStep.Reissue reissue, Scene scene) {
    TransactionId about = AppleStage.original(reissue.name(), scene);
    return simulator.delivery().log().all().reversed().stream()
        .filter(one -> about.equals(one.subject()))
        .filter(one -> one.letter().notice().news().equals(reissue.news()))
        .findFirst()
        .orElseThrow(() -> new ScriptError("that was never told"));
  }

  private static DeliveryRule rule(AppleStep.Deliver deliver, Scene scene) {
    @Nullable TransactionId about =
        deliver.about() == null ? null : AppleStage.original(deliver.about(), scene);
    return new DeliveryRule(deliver.news(), about, deliver.occasions(), deliver.handling());
  }

  private static Instant now(Scene scene) {
    return scene.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
