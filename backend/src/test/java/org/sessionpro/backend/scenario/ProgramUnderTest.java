package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.PackagedServer;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.Caller;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.backend.http.clients.Way;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.simulator.ClockFile;
import org.sessionpro.simulator.google.GoogleSettings;
import org.sessionpro.simulator.google.GoogleSimulator;
import org.sessionpro.simulator.google.api.ServiceAccount;
import org.sessionpro.simulator.google.control.ConfigurationFiles;
import org.sessionpro.simulator.google.play.Cycle;
import org.sessionpro.simulator.google.play.PlayStore;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.ProofAnswer;
import org.sessionpro.simulator.script.Question;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.ServerUnderTest;
import org.sessionpro.simulator.script.StoreCycle;
import org.sessionpro.simulator.script.Verdict;

/// `pro serve` as a process of its own, pointed at a simulated Google Play in this one; both go by the
/// clock that a file moves.
final class ProgramUnderTest implements ServerUnderTest, AutoCloseable {
  /// Real time in which a server asks Google at least once that has not come to rest, the slow read of
  /// 20 s included.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LAST_BREATH = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(300);

  /// Requests within one look that only a server makes which is held back by its own limit.
  private static final int HELD_BACK = 8;

  /// Shared, for its keys take long to make.
  private static final ServiceAccount ACCOUNT =
      new ServiceAccount("server@simulated.iam.example", "simulated-key-1");

  private final Path folder;
  private final DatabaseUrl url;
  private final ClockFile clock;
  private final GoogleSimulator google;
  private final GoogleSimulator.Served served;
  private final Map<String, String> environment = new HashMap<>();
  private final Ledgers ledgers;
  private final Shown.Arrived shown;
  private final StringBuilder formerLogs = new StringBuilder();
  private volatile @Nullable PackagedServer server;
  private volatile @Nullable OpsDoor ops;
  private @Nullable Connection lock;
  private Books books;
  private int logBefore;

  ProgramUnderTest(Engine engine, Path folder) throws IOException {
    this.folder = folder;
    this.url = engine.empty(folder);
    Path file = folder.resolve("clock");
    this.clock = ClockFile.open(file, InstantSource.system());
    this.google =
        new GoogleSimulator(GoogleSettings.ofSeed(1), clock, InstantSource.system(), ACCOUNT);
    this.shown = new Shown.Arrived(google);
    google.desk().tell(shown::note);
    this.served = google.serve(0, Map.of());
    ConfigurationFiles.write(folder, served.url(), ACCOUNT);
    environment.put("SESH_PRO_BACKEND_DEV_CLOCK", file.toString());
    environment.put("SESH_PRO_BACKEND_WITH_PROVIDER_GOOGLE_PLAY", "1");
    // Scripts count messages of months.
    environment.put("SESH_PRO_BACKEND_INBOX_RETENTION_GOOGLE", "315360000");
    for (String line : Files.readAllLines(folder.resolve(ConfigurationFiles.SECTION))) {
      int equals = line.indexOf(" = ");
      if (equals > 0 && !line.startsWith("#")) {
        set(line.substring(0, equals), line.substring(equals + " = ".length()));
      }
    }
    start();
    this.ledgers = new Ledgers(url);
    this.books = openBooks();
  }

  private void set(String key, String value) {
    String text = Map.of("true", "1", "false", "0").getOrDefault(value, value);
    environment.put("SESH_PRO_BACKEND_GOOGLE_" + key.toUpperCase(Locale.ROOT), text);
  }

  GoogleSimulator google() {
    return google;
  }

  ClockFile clock() {
    return clock;
  }

  /// What has arrived of what Play showed.
  Shown shown() {
    return shown;
  }

  Books books() {
    return books;
  }

  Ledger ledger() {
    return ledgers.ledger();
  }

  /// From now on everything is counted anew.
  void beginScript() throws IOException {
    settle();
    books = openBooks();
    logBefore = log().length();
  }

  private Books openBooks() {
    return new Books(ledgers.database(), ledgers.ledger(), ledgers.inbox(), google, clock);
  }

  private String log() throws IOException {
    return formerLogs + (server == null ? "" : server.errors());
  }

  @Override
  public void start() {
    try {
      PackagedServer started =
          PackagedServer.start(
              folder,
              environment,
              "--dev",
              "--ops-port",
              "0",
              "--data",
              folder.resolve("data").toString(),
              "--db",
              Engine.text(url));
      server = started;
      ops = new OpsDoor(started.opsAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void restart(Map<String, String> settings) {
    settings.forEach(this::set);
    end(PackagedServer::stop);
    start();
  }

  @Override
  public void kill() {
    end(PackagedServer::kill);
  }

  @FunctionalInterface
  private interface Ending {
    void of(PackagedServer running) throws InterruptedException;
  }

  private void end(Ending ending) {
    PackagedServer running = server;
    if (running == null) {
      return;
    }
    try {
      ending.of(running);
      formerLogs.append(running.errors());
      server = null;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Messages first: what they bring about is work by the time they are acknowledged.
  @Override
  public void settle() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long calls = google.desk().calls().answered();
    while (server != null && !isSettled()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the server does not come to rest");
      }
      long more = google.desk().calls().answered();
      if (more > calls) {
        deadline = System.nanoTime() + PATIENCE.toNanos();
      }
      if (more - calls >= HELD_BACK) {
        clock.forward(Duration.ofSeconds(1));
      }
      calls = more;
    }
  }

  private boolean isSettled() {
    OpsDoor door = ops;
    try {
      boolean taken = google.queue().due() == 0;
      return door != null && door.becomesQuiet(LOOK) && taken && google.queue().due() == 0;
    } catch (IOException unreachable) {
      if (hasEnded()) {
        return true;
      }
      throw new UncheckedIOException(unreachable);
    }
  }

  private boolean hasEnded() {
    PackagedServer running = server;
    try {
      return running == null || running.endsWithin(LAST_BREATH);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private V1Calls v1() {
    return new V1Calls(clock, caller());
  }

  private Caller caller() {
    PackagedServer running = server;
    if (running == null) {
      throw new IllegalStateException("the server does not run");
    }
    return new Caller(
        running.address(), ServerKey.development(RunningBackend.CRYPTO).publicKey(), Way.DIRECT);
  }

  private static Person person(Buyer buyer) {
    if (buyer.seed() == null) {
      throw new IllegalStateException("only whose seed is known can ask");
    }
    return new Person(RunningBackend.CRYPTO.signingKey(buyer.seed()), Person.unknown().rotating());
  }

  @Override
  public Optional<ProofAnswer> askForProof(Buyer buyer) {
    Answer answer = v1().proof(person(buyer));
    String error = answer.json().path("error_code").asText("");
    return Optional.of(
        error.isEmpty() ? ProofAnswer.ISSUED : ProofAnswer.valueOf(error.toUpperCase(Locale.ROOT)));
  }

  @Override
  public void ask(Buyer buyer, Question question) {
    Person person = person(buyer);
    var _ =
        switch (question) {
          case PROOF -> v1().proof(person);
          case STATUS -> v1().status(person);
          case PAYMENTS -> v1().payments(person, 100);
        };
  }

  @Override
  public Optional<Integer> add(Buyer buyer, StoreCycle cycle) {
    PaymentTx.Claimable bought =
        switch (cycle) {
          case StoreCycle.OfGoogle google -> new PaymentTx.Google(google.token(), google.order());
          case StoreCycle.OfApple apple -> new PaymentTx.Apple(apple.transaction());
        };
    return Optional.of(
        new V0Calls(clock, caller())
            .add(person(buyer), bought, DevTerms.DEFAULT)
            .json()
            .path("status")
            .asInt());
  }

  @Override
  public void grant(Buyer buyer, Plan plan) {
    Duration length = plan.nominalLength().orElseThrow();
    new VoucherMint(ledgers.ledger()).mint(buyer.key(), plan, length, clock.instant());
  }

  /// An embedded database cannot go away, but somebody else can keep it from being written.
  @Override
  public void reachDatabase(boolean reachable) {
    try {
      if (reachable && lock != null) {
        lock.close();
        lock = null;
      } else if (!reachable && url instanceof DatabaseUrl.Sqlite(Path file)) {
        Connection taken = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
        try (Statement statement = taken.createStatement()) {
          statement.execute("BEGIN IMMEDIATE");
        }
        lock = taken;
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void operate(List<String> words) {
    throw new UnsupportedOperationException("no script does it");
  }

  @Override
  public void remember(Buyer buyer) {
    books.remember(buyer);
  }

  @Override
  public Verdict check(ServerExpectation expectation, Scene scene) {
    return expectation instanceof ServerExpectation.Alert alert
        ? check(alert)
        : books.check(expectation, scene);
  }

  private Verdict check(ServerExpectation.Alert alert) {
    try {
      String about = alert.about().toLowerCase(Locale.ROOT);
      List<String> lines = log().substring(logBefore).lines().map(ProgramUnderTest::plain).toList();
      Set<String> levels =
          alert.level() == null
              ? Set.of("warning", "error", "critical")
              : Set.of(alert.level().name().toLowerCase(Locale.ROOT));
      boolean told =
          lines.stream()
              .anyMatch(line ->
                  line.contains(about)
                      && levels.stream().anyMatch(level -> line.contains(" " + level + " ")));
      return Verdict.of(told, "the log says " + loud(lines));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The names of purchases in Play that the log tells in clear, which it must not.
  List<String> toldInClear() throws IOException {
    String told = log();
    PlayStore store = google.store();
    Stream<StoreId> subscribed =
        store.subscriptions().stream()
            .flatMap(one ->
                Stream.concat(Stream.of(one.token()), one.cycles().stream().map(Cycle::order)));
    Stream<StoreId> bought =
        store.oneTimePurchases().stream().flatMap(one -> Stream.of(one.token(), one.order()));
    return Stream.concat(subscribed, bought).map(StoreId::value).filter(told::contains).toList();
  }

  private static List<String> loud(List<String> lines) {
    List<String> loud = new ArrayList<>(lines);
    loud.removeIf(line -> line.contains(" info ") || line.contains(" debug "));
    return loud;
  }

  private static String plain(String line) {
    return line.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void close() {
    kill();
    served.close();
    ledgers.close();
  }
}
