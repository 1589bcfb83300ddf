package org.sessionpro.backend.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sessionpro.backend.PackagedServer;
import org.sessionpro.backend.RunningBackend;
import org.sessionpro.backend.config.DatabaseUrl;
import org.sessionpro.backend.db.Damage;
import org.sessionpro.backend.db.Engine;
import org.sessionpro.backend.http.clients.Answer;
import org.sessionpro.backend.http.clients.Caller;
import org.sessionpro.backend.http.clients.Person;
import org.sessionpro.backend.http.clients.V0Calls;
import org.sessionpro.backend.http.clients.V1Calls;
import org.sessionpro.backend.http.clients.Way;
import org.sessionpro.backend.inbox.InboxInspection.Filter;
import org.sessionpro.backend.inbox.StoredWork;
import org.sessionpro.backend.ledger.Ledger;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.backend.store.voucher.VoucherMint;
import org.sessionpro.protocol.Plan;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.protocol.v0.DevTerms;
import org.sessionpro.protocol.v0.PaymentTx;
import org.sessionpro.simulator.ClockFile;
import org.sessionpro.simulator.script.Buyer;
import org.sessionpro.simulator.script.ProofAnswer;
import org.sessionpro.simulator.script.Question;
import org.sessionpro.simulator.script.Scene;
import org.sessionpro.simulator.script.ServerExpectation;
import org.sessionpro.simulator.script.ServerUnderTest;
import org.sessionpro.simulator.script.StoreCycle;
import org.sessionpro.simulator.script.Verdict;

/// `pro serve` as a process of its own, or several beside each other, pointed at a simulated store in this
/// one; all go by the clock that a file moves.
///
/// @param <S> the store
final class ProgramUnderTest<S extends StoreOfProgram> implements ServerUnderTest, AutoCloseable {
  /// Real time in which a server asks its store at least once that has not come to rest, the slow read
  /// of 20 s included.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofMillis(300);

  /// Requests within one look that only a server makes which is held back by its own limit.
  private static final int HELD_BACK = 8;

  /// Longer than anything waits for its turn whom the store itself lets in.
  private static final Duration A_TURN = Duration.ofSeconds(5);

  /// Looks at a server that has nothing to do, after which a message that is out is out for good: its
  /// acknowledgement was lost.
  private static final int FORGOTTEN = 3;

  private static final int ALL_WORK = 1_000;

  /// What a server says of itself: its public keys, and the root of what it believes.
  private static final Pattern PUBLIC =
      Pattern.compile("(signing key|onion key|what Apple signs rests on) [0-9a-f]{64}\\b");

  private final DatabaseUrl url;
  private final ClockFile clock;
  private final S store;
  private final Processes processes;
  private final Ledgers ledgers;
  private final Instant made;
  private Books books;

  /// One process.
  ProgramUnderTest(Engine engine, Path folder, StoreOfProgram.Opening<S> opening)
      throws IOException {
    this(engine, folder, opening, 1);
  }

  /// @param number of processes
  ProgramUnderTest(Engine engine, Path folder, StoreOfProgram.Opening<S> opening, int number)
      throws IOException {
    this.url = engine.empty(folder);
    Path file = folder.resolve("clock");
    this.clock = ClockFile.open(file, InstantSource.system());
    this.made = clock.instant();
    this.store = opening.open(clock, folder);
    this.processes = new Processes(folder, url, number);
    processes.set("SESH_PRO_BACKEND_DEV_CLOCK", file.toString());
    store.environment().forEach(processes::set);
    start();
    this.ledgers = new Ledgers(url);
    this.books = openBooks();
  }

  S store() {
    return store;
  }

  /// Simulated time since it was made.
  Duration age() {
    return Duration.between(made, clock.instant());
  }

  ClockFile clock() {
    return clock;
  }

  Books books() {
    return books;
  }

  Ledger ledger() {
    return ledgers.ledger();
  }

  /// From now on everything is counted anew.
  void beginScript() {
    store.retire();
    settle();
    books = openBooks();
    processes.forget();
  }

  private Books openBooks() {
    return new Books(
        ledgers.database(),
        ledgers.ledger(),
        ledgers.inbox(),
        store instanceof GoogleOfProgram google ? google.simulator() : null,
        clock);
  }

  @Override
  public void start() {
    processes.start();
    store.attend(processes.addresses());
  }

  @Override
  public void restart(Map<String, String> settings) {
    settings.forEach(this::set);
    processes.end(PackagedServer::stop);
    start();
  }

  private void set(String key, String value) {
    processes.set(
        ("SESH_PRO_BACKEND_" + store.section() + "_" + key).toUpperCase(Locale.ROOT),
        Map.of("true", "1", "false", "0").getOrDefault(value, value));
  }

  @Override
  public void kill() {
    processes.end(PackagedServer::kill);
  }

  /// Messages first: what they bring about is work by the time they are acknowledged.
  @Override
  public void settle() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long calls = store.desk().calls().answered();
    int idle = 0;
    while (processes.run() && (!isSettled() || takesTurn())) {
      idle = isIdle() ? idle + 1 : 0;
      if (idle >= FORGOTTEN) {
        clock.forward(Duration.ofSeconds(10));
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "the server does not come to rest; " + store.due() + " messages are due; " + told());
      }
      long more = store.desk().calls().answered();
      if (more > calls) {
        deadline = System.nanoTime() + PATIENCE.toNanos();
      }
      if (more - calls >= HELD_BACK) {
        clock.forward(Duration.ofSeconds(1));
      }
      calls = more;
    }
  }

  /// Whether the server has nothing to do though messages are out: it has handled them, but its word of
  /// it was lost, so that they come again once they are nobody's.
  private boolean isIdle() {
    return store.due() > 0 && processes.becomeQuiet(Duration.ZERO);
  }

  /// What its own limit holds back is not at rest: goes on to when the server may ask again.
  ///
  /// @return whether there is such a thing
  private boolean takesTurn() {
    Instant soon = clock.instant().plus(A_TURN);
    Optional<Instant> next =
        ledgers.inbox().inspection().list(Filter.ALL, ALL_WORK).stream()
            .filter(ProgramUnderTest::isHeldBack)
            .map(it -> it.times().nextAt())
            .filter(soon::isAfter)
            .min(Comparator.naturalOrder());
    next.ifPresent(clock::forwardTo);
    return next.isPresent();
  }

  private static boolean isHeldBack(StoredWork work) {
    String error = work.error();
    return work.parked() == null && error != null && error.contains("not our turn");
  }

  private boolean isSettled() {
    boolean taken = store.due() == 0;
    return processes.becomeQuiet(LOOK) && taken && store.due() == 0;
  }

  private V1Calls v1() {
    return new V1Calls(clock, caller());
  }

  /// Of the first process, once it has noticed how late it is: requests are signed with the time.
  private Caller caller() {
    clock.awaitReaders();
    InetSocketAddress address =
        processes.addresses().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the server does not run"));
    return new Caller(
        address, ServerKey.development(RunningBackend.CRYPTO).publicKey(), Way.DIRECT);
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

  /// The database cannot go away for the server alone, but it can be made to take no message.
  @Override
  public void reachDatabase(boolean reachable) {
    try (Connection connection = Damage.connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(reachable ? takingMessages() : takingNoMessage());
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private String takingNoMessage() {
    return switch (url) {
      case DatabaseUrl.Sqlite _, DatabaseUrl.InMemory _ ->
          """
          CREATE TRIGGER out_of_order BEFORE INSERT ON inbox_message
          BEGIN SELECT RAISE(ABORT, 'out of order'); END
          """;
      case DatabaseUrl.Postgres _ ->
          """
          CREATE FUNCTION out_of_order() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION 'out of order'; END $$;
          CREATE TRIGGER out_of_order BEFORE INSERT ON inbox_message
            EXECUTE FUNCTION out_of_order()
          """;
    };
  }

  private String takingMessages() {
    return switch (url) {
      case DatabaseUrl.Sqlite _, DatabaseUrl.InMemory _ -> "DROP TRIGGER out_of_order";
      case DatabaseUrl.Postgres _ -> "DROP FUNCTION out_of_order() CASCADE";
    };
  }

  @Override
  public void operate(List<String> words) {
    processes.operate(words);
  }

  @Override
  public void remember(Buyer buyer) {
    books.remember(buyer);
  }

  @Override
  public Verdict check(ServerExpectation expectation, Scene scene) {
    return switch (expectation) {
      case ServerExpectation.Alert alert -> check(alert);
      case ServerExpectation.Metric metric -> {
        long counted = processes.counted(metric);
        yield Verdict.of(metric.value().contains(counted), "it is " + counted);
      }
      case ServerExpectation.Truth truth -> store.truth(truth, scene, books, ledger());
      default -> books.check(expectation, scene);
    };
  }

  private Verdict check(ServerExpectation.Alert alert) {
    String log = processes.log(it -> alert.times().contains(told(alert, it)));
    long told = told(alert, log);
    return Verdict.of(
        alert.times().contains(told),
        "it was told " + told + " times; the log says " + loud(plainLines(log)));
  }

  private static long told(ServerExpectation.Alert alert, String log) {
    String about = plain(alert.about());
    Set<String> levels =
        alert.level() == null
            ? Set.of("warning", "error", "critical")
            : Set.of(alert.level().name().toLowerCase(Locale.ROOT));
    return plainLines(log).stream()
        .filter(line -> line.contains(about))
        .filter(line -> levels.stream().anyMatch(level -> line.contains(" " + level + " ")))
        .count();
  }

  private static List<String> plainLines(String log) {
    return log.lines().map(ProgramUnderTest::plain).toList();
  }

  /// The names of purchases that the log tells in clear, and lines with what looks like a secret, which
  /// it must not.
  List<String> toldInClear() {
    String told = PUBLIC.matcher(processes.log()).replaceAll("");
    return Stream.concat(
            store.names().map(StoreId::value).filter(told::contains).distinct(),
            told.lines().filter(LeakScan::isSuspicious))
        .toList();
  }

  /// What the log says that went wrong, failures that come again included.
  List<String> told() {
    return processes
        .log()
        .lines()
        .filter(line -> line.contains(" failed: ") || !line.matches("(?i).* (info|debug) .*"))
        .toList();
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
    store.close();
    ledgers.close();
  }
}
