package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.sessionpro.backend.http.webhook.AppleWebhook;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.protocol.TransactionId;
import org.sessionpro.simulator.ClockFile;
import org.sessionpro.simulator.apple.AppleSettings;
import org.sessionpro.simulator.apple.AppleSimulator;
import org.sessionpro.simulator.apple.control.ConfigurationFiles;
import org.sessionpro.simulator.apple.delivery.HttpWebhook;
import org.sessionpro.simulator.apple.life.Truth;
import org.sessionpro.simulator.apple.store.Cycle;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.Stage;
import org.sessionpro.simulator.script.Verdict;

/// A simulated App Store that a program asks, and that delivers to the program's webhook.
final class AppleOfProgram implements StoreOfProgram {
  private final ClockFile clock;
  private final AppleSimulator apple;
  private final AppleSimulator.Served served;
  private final Stage stage;
  private final Overheard overheard = new Overheard();
  private final Map<String, String> environment;
  private final List<HttpWebhook> webhooks = new ArrayList<>();

  /// @param clock that it goes by and moves
  /// @param folder for the files that point a program at it
  AppleOfProgram(ClockFile clock, Path folder) throws IOException {
    this.clock = clock;
    // With keys of its own: certificates name the responder for as long as they are used.
    this.apple = new AppleSimulator(AppleSettings.ofSeed(1), clock, InstantSource.system());
    this.stage = apple.stage();
    apple.desk().tell((_, handled) -> overheard.answer(handled));
    this.served = apple.serve(0, Map.of());
    ConfigurationFiles.write(folder, served.url(), apple);
    this.environment =
        new HashMap<>(StoreOfProgram.variables(folder.resolve(ConfigurationFiles.ENVIRONMENT)));
    // The rate is real time, and tested elsewhere.
    environment.put("SESH_PRO_BACKEND_APPLE_MAX_REQUESTS_PER_SECOND", "50");
    // Scripts count messages of months.
    environment.put("SESH_PRO_BACKEND_INBOX_RETENTION_APPLE", "315360000");
  }

  AppleSimulator simulator() {
    return apple;
  }

  /// What the program was told.
  Overheard overheard() {
    return overheard;
  }

  @Override
  public Stage stage() {
    return stage;
  }

  @Override
  public FrontDesk desk() {
    return apple.desk();
  }

  @Override
  public String section() {
    return "apple";
  }

  @Override
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /// Notifications go to all of them in turn, as through a balancer of load.
  @Override
  public void attend(List<InetSocketAddress> addresses) {
    closeWebhooks();
    addresses.forEach(address -> webhooks.add(new HttpWebhook(url(address))));
    List<HttpWebhook> there = List.copyOf(webhooks);
    AtomicInteger next = new AtomicInteger();
    apple
        .delivery()
        .deliverTo(body -> {
          int status = there.get(next.getAndIncrement() % there.size()).post(body);
          overheard.notification(body, status);
          return status;
        });
  }

  private static URI url(InetSocketAddress address) {
    return URI.create(
        "http://" + address.getHostString() + ":" + address.getPort() + AppleWebhook.PATH);
  }

  private void closeWebhooks() {
    webhooks.forEach(HttpWebhook::close);
    webhooks.clear();
  }

  /// Delivers first, also if it is another thread that does it.
  @Override
  public int due() {
    apple.catchUp();
    return apple.delivery().due(clock.instant());
  }

  @Override
  public void retire() {
    apple.store().subscriptions().stream()
        .filter(one -> one.renewal().on())
        .forEach(one -> apple.store().cancel(one.original()));
  }

  @Override
  public Verdict truth(ServerExpectation.Truth expected, Scene scene, Books books, Ledger ledger) {
    Truth own =
        new Truth(
            Truth.of(apple.store()).subscriptions().stream()
                .filter(one -> scene.knows(one.original()))
                .toList());
    List<String> wrong =
        new AppleTruthCheck(books, ledger, clock.instant(), scene.buyers()).differences(own);
    return Verdict.of(wrong.isEmpty(), String.join("; ", wrong));
  }

  @Override
  public Stream<StoreId> names() {
    return apple.store().subscriptions().stream()
        .flatMap(one ->
            Stream.concat(
                Stream.of(one.original()),
                one.cycles().stream().map(Cycle::ids).flatMap(AppleOfProgram::namesOf)));
  }

  private static Stream<TransactionId> namesOf(Cycle.Ids ids) {
    return Stream.concat(ids.all().stream(), Stream.ofNullable(ids.lineItem()));
  }

  @Override
  public void close() {
    served.close();
    closeWebhooks();
  }
}
