package org.sessionpro.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sessionpro.protocol.ByteString;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.SimulatedClock;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Request;

class ScriptRunnerTest {
  private static final Instant T = Instant.parse("2026-01-31T10:00:00Z");
  private static final Crypto CRYPTO = Crypto.selfTested();

  private final SimulatedClock clock = new SimulatedClock(T);
  private final ToyStage stage = new ToyStage(clock);
  private final ToyServer server = new ToyServer();
  private final ScriptRunner runner = new ScriptRunner(clock, List.of(stage), server, CRYPTO);

  @Test
  void linesHappenInOrder() {
    run("buyer alice\nsell a\nsettle\nask alice status\nserver restart x=1\ndatabase down");

    assertThat(stage.sold).containsExactly("a");
    assertThat(server.done)
        .containsExactly("settle", "STATUS for alice", "restart {x=1}", "database false");
  }

  @Test
  void aScriptCanBeWrittenInJava() {
    Script script =
        new Script(
            "java",
            new Script.Title(PaymentProvider.GOOGLE_PLAY, 0, "A sale", 1, false),
            List.of(
                Line.of(new Step.Introduce("alice", Buyer.Told.KEY, null)),
                Line.of(new ToyStage.Sell("a")).labelled("sold"),
                Line.of(new Step.AdvanceTo(Moment.parse("@sold+1d"))),
                Line.of(new Step.Expect(new ToyStage.Sold(1)))));

    assertThat(runner.run(script, "scope").met()).hasSize(1);
    assertThat(clock.instant()).isEqualTo(T.plus(Duration.ofDays(1)));
  }

  @Test
  void theClockMovesAndTheStoreCatchesUp() {
    run("advance 1mo\nmark @now\nadvance to=@now+1d");

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
    assertThat(stage.caughtUp()).isEqualTo(2);
  }

  @Test
  void theClockStaysWhereItIsIfTheInstantIsPast() {
    run("mark @start\nadvance 2d\nadvance to=@start+1d");

    assertThat(clock.instant()).isEqualTo(T.plus(Duration.ofDays(2)));
  }

  @Test
  void repetitionsRepeat() {
    run("repeat 3\nsettle\nend");

    assertThat(server.done).hasSize(3);
  }

  @Test
  void anExpectationThatIsNotMetEndsTheScript() {
    assertThatThrownBy(() -> run("sell a\nexpect sold 2\nsettle"))
        .isInstanceOf(ScriptFailure.class)
        .hasMessageContaining("test:3")
        .hasMessageContaining("sold are [a]")
        .hasMessageContaining("expect sold 2");
    assertThat(server.done).isEmpty();
  }

  @Test
  void anExpectationOfTheServerIsJudgedByTheServer() {
    server.verdict = new Verdict.Unmet("there is none");

    assertThatThrownBy(() -> run("sell a\nexpect rows a 1")).hasMessageContaining("there is none");
  }

  @Test
  void theReportTellsWhatCouldNotBeChecked() {
    server.verdict = new Verdict.Unchecked();

    ScriptReport report = run("sell a\nexpect rows a 1\nexpect sold 1");

    assertThat(report.unchecked()).extracting(Line::text).containsExactly("expect rows a 1");
    assertThat(report.met()).extracting(Line::text).containsExactly("expect sold 1");
  }

  @Test
  void aWrongAnswerEndsTheScript() {
    server.answer = Optional.of(ProofAnswer.REVOKED);

    assertThatThrownBy(() -> run("buyer alice\nask alice proof issued"))
        .hasMessageContaining("REVOKED");
  }

  @Test
  void noAnswerIsNoWrongOne() {
    assertThat(run("buyer alice\nask alice proof issued").met()).isEmpty();
    assertThat(server.done).containsExactly("proof for alice");
  }

  @Test
  void theStatusOfAnAdditionIsCompared() {
    assertThatThrownBy(() -> run("buyer alice\nsell a\nadd alice a#1 status=0"))
        .hasMessageContaining("101");
  }

  @Test
  void faultsReachTheDesk() throws Exception {
    run("sell a\nbreak look of=a times=1 status=503");

    assertThat(look("token-a")).isEqualTo(503);
    assertThat(look("token-a")).isEqualTo(200);
  }

  @Test
  void faultsAreOverWhenTheScriptIs() {
    run("settle");

    assertThat(stage.calmed).isTrue();
  }

  @Test
  void somethingMayHappenDuringARequest() throws Exception {
    ScriptRunner.Session session = open("sell a", "during look of=a sell b");

    look("token-a");

    play(session, "expect sold 2");
  }

  @Test
  void whatFailsDuringARequestFailsTheNextLine() throws Exception {
    ScriptRunner.Session session = open("sell a", "during look sell a");

    look("token-a");

    assertThatThrownBy(() -> play(session, "settle")).isInstanceOf(ScriptFailure.class);
  }

  @Test
  void somethingMayHappenInsteadOfARequest() throws Exception {
    open("instead-of look server kill");

    assertThat(look("any")).isZero();
    assertThat(server.done).containsExactly("kill");
  }

  @Test
  void callsAreCountedFromTheBeginningOfTheScript() throws Exception {
    look("before");
    ScriptRunner.Session session = open("sell a");
    look("token-a");
    look("other");

    play(session, "expect calls look 2");
    play(session, "expect calls look of=a 1");
    play(session, "expect rate look 2");
    assertThatThrownBy(() -> play(session, "expect calls look 3..")).hasMessageContaining("2");
    play(session, "expect rate look 1");
    look("a third one in the same second");
    assertThatThrownBy(() -> play(session, "expect rate look 1")).hasMessageContaining("2 more");
  }

  @Test
  void callsOfAStandInProveNothing() {
    server.genuine = false;

    assertThat(run("expect calls look 7").unchecked()).hasSize(1);
  }

  @Test
  void commandsNamePurchasesByTheirIds() {
    run("sell a\noperator inbox retry {a}");

    assertThat(server.done).containsExactly("operate [inbox, retry, token-a]");
  }

  @Test
  void everyRunHasItsOwnPeople() {
    assertThat(keyOf("first")).isEqualTo(keyOf("first")).isNotEqualTo(keyOf("second"));
  }

  private String keyOf(String scope) {
    Buyer buyer = Buyer.invented(scope, "alice", Buyer.Told.KEY, CRYPTO);
    assertThat(buyer.googleId()).isEqualTo(buyer.key().hex());
    return buyer.key().hex();
  }

  @Test
  void anAppTellsKeyOrHashOrNothing() {
    Buyer hashing = Buyer.invented("x", "bob", Buyer.Told.HASH, CRYPTO);
    Buyer silent = Buyer.invented("x", "bob", Buyer.Told.NOTHING, CRYPTO);

    assertThat(hashing.googleId()).hasSize(64).isNotEqualTo(hashing.key().hex());
    assertThat(silent.googleId()).isNull();
  }

  @Test
  void namesStandForOnePurchaseOnly() {
    assertThatThrownBy(() -> run("sell a\nsell a")).isInstanceOf(ScriptFailure.class);
  }

  @Test
  void unknownNamesAreToldApart() {
    assertThatThrownBy(() -> run("ask alice status"))
        .hasMessageContaining("nobody is called alice");
    assertThatThrownBy(() -> run("break look of=a status=500"))
        .hasMessageContaining("no purchase is called a");
    assertThatThrownBy(() -> run("advance to=@then")).hasMessageContaining("@then");
  }

  @Test
  void aPatternMeansAllPurchasesOfItsBeginning() {
    ScriptRunner.Session session = open("sell c-1", "sell c-2", "sell d");

    assertThat(session.scene().purchases("c-*")).hasSize(2);
    assertThat(session.scene().purchases("d")).hasSize(1);
  }

  private ScriptReport run(String lines) {
    ScriptParser parser = new ScriptParser(List.of(stage));
    Script script = parser.parse("test", "scenario google_play 0 \"test\"\n" + lines, Map.of());
    return runner.run(script, "scope");
  }

  private ScriptRunner.Session open(String... lines) {
    ScriptRunner.Session session = runner.open("test");
    for (String line : lines) {
      play(session, line);
    }
    return session;
  }

  private void play(ScriptRunner.Session session, String line) {
    session.play(new ScriptParser(List.of(stage)).parseLine(line));
  }

  /// Asks the store about something; 0 if the connection is dropped.
  private int look(String subject) throws InterruptedException {
    Request request =
        new Request("GET", "/look/" + subject, Map.of(), "", ByteString.of(new byte[0]));
    Answer answer = stage.desk.handle(request).answer();
    return answer == null ? 0 : answer.status();
  }
}
