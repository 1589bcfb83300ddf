package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.simulator.ClockFile;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.api.ServiceAccount;
import org.sessionpro.simulator.google.control.ConfigurationFiles;
import org.sessionpro.simulator.google.play.Cycle;
import org.sessionpro.simulator.google.play.Phase;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.google.play.Quirk;
import org.sessionpro.simulator.google.play.Subscription;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.Stage;
import org.sessionpro.simulator.script.Verdict;

/// A simulated Google Play that a program asks and pulls from. Its answers hold fields that nobody has
/// heard of (`google-play.md` §12.1).
final class GoogleOfProgram implements StoreOfProgram {
  /// Shared, for its keys take long to make.
  private static final ServiceAccount ACCOUNT =
      new ServiceAccount("server@simulated.iam.example", "simulated-key-1");

  private final GoogleSimulator google;
  private final GoogleSimulator.Served served;
  private final Stage stage;
  private final Shown.Arrived shown;
  private final Map<String, String> environment;

  /// @param clock that it goes by and moves
  /// @param folder for the files that point a program at it
  GoogleOfProgram(ClockFile clock, Path folder) throws IOException {
    GoogleSettings settings = GoogleSettings.ofSeed(1).with(Set.of(Quirk.UNKNOWN_FIELDS));
    this.google = new GoogleSimulator(settings, clock, InstantSource.system(), ACCOUNT);
    this.stage = google.stage();
    this.shown = new Shown.Arrived(google);
    google.desk().tell(shown::note);
    this.served = google.serve(0, Map.of());
    ConfigurationFiles.write(folder, served.url(), ACCOUNT);
    this.environment =
        new HashMap<>(StoreOfProgram.variables(folder.resolve(ConfigurationFiles.ENVIRONMENT)));
    // Scripts count messages of months.
    environment.put("SESH_PRO_BACKEND_INBOX_RETENTION_GOOGLE", "315360000");
  }

  GoogleSimulator simulator() {
    return google;
  }

  /// What has arrived of what Play showed.
  Shown shown() {
    return shown;
  }

  @Override
  public Stage stage() {
    return stage;
  }

  @Override
  public FrontDesk desk() {
    return google.desk();
  }

  @Override
  public String section() {
    return "google";
  }

  @Override
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /// They come and ask.
  @Override
  public void attend(List<InetSocketAddress> addresses) {}

  @Override
  public int due() {
    return google.queue().due();
  }

  @Override
  public void retire() {
    google.store().subscriptions().stream()
        .filter(GoogleOfProgram::renews)
        .forEach(one -> google.store().cancel(one.token(), PlayStore.Canceler.DEVELOPER));
  }

  private static boolean renews(Subscription one) {
    return switch (one.phase()) {
      case Phase.Active _, Phase.SilentGrace _, Phase.InGrace _, Phase.OnHold _, Phase.Paused _ ->
          one.renewal().on();
      case Phase.Pending _, Phase.Abandoned _, Phase.Canceled _, Phase.Expired _ -> false;
    };
  }

  @Override
  public Verdict truth(ServerExpectation.Truth expected, Scene scene, Books books, Ledger ledger) {
    return books.check(expected, scene);
  }

  @Override
  public Stream<StoreId> names() {
    PlayStore store = google.store();
    Stream<StoreId> subscribed =
        store.subscriptions().stream()
            .flatMap(one ->
                Stream.concat(Stream.of(one.token()), one.cycles().stream().map(Cycle::order)));
    Stream<StoreId> bought =
        store.oneTimePurchases().stream().flatMap(one -> Stream.of(one.token(), one.order()));
    return Stream.concat(subscribed, bought);
  }

  @Override
  public void close() {
    served.close();
  }
}
