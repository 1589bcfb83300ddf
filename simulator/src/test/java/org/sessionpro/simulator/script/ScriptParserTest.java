package org.sessionpro.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.Occasions;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;
import org.sessionpro.simulator.script.Expectation.Range;
import org.sessionpro.simulator.script.ServerExpectation.AlertLevel;
import org.sessionpro.simulator.script.ServerExpectation.FactKind;
import org.sessionpro.simulator.script.ServerExpectation.ParkReason;
import org.sessionpro.simulator.script.ServerExpectation.WorkKind;
import org.sessionpro.simulator.script.ServerExpectation.WorkState;
import org.sessionpro.simulator.script.Step.OfServer;

class ScriptParserTest {
  private static final String TITLE = "scenario google_play 7 \"A test\"\n";

  private final ScriptParser parser =
      new ScriptParser(List.of(new ToyStage(InstantSource.system())));

  @Test
  void theTitleTellsStoreNumberAndNeeds() {
    Script script = parse("scenario google_play 7 \"A test\" seeds=10 process=own");

    assertThat(script.title())
        .isEqualTo(new Script.Title(PaymentProvider.GOOGLE_PLAY, 7, "A test", 10, true));
  }

  @Test
  void aScriptWithoutTitleIsNone() {
    assertThatThrownBy(() -> parse("settle")).isInstanceOf(ScriptError.class);
    assertThatThrownBy(() -> parse("# nothing")).isInstanceOf(ScriptError.class);
  }

  @Test
  void commentsAndBlanksSayNothing() {
    Script script = parse(TITLE + "\n  # a comment\n\tsettle   # another\n");

    assertThat(script.lines()).containsExactly(new Line(4, "settle", new OfServer.Settle(), null));
  }

  @Test
  void aLabelEndsALine() {
    assertThat(parser.parseLine("sell a @sold").label()).isEqualTo("sold");
    assertThat(parser.parseLine("mark @now"))
        .isEqualTo(new Line(0, "mark @now", new Step.Mark(), "now"));
  }

  @Test
  void variablesAreFilledIn() {
    Script script = parse(TITLE + "let n=3\nrepeat $n\n  sell a-$n\nend");

    Step.Repeat repeat = (Step.Repeat) script.lines().getFirst().step();
    assertThat(repeat.times()).isEqualTo(3);
    assertThat(repeat.lines().getFirst().step()).isEqualTo(new ToyStage.Sell("a-3"));
  }

  @Test
  void whoRunsAScriptChoosesItsVariables() {
    Script script =
        parser.parse("test", TITLE + "let n=3\nrepeat $n\nsettle\nend", Map.of("n", "9"));

    assertThat(((Step.Repeat) script.lines().getFirst().step()).times()).isEqualTo(9);
  }

  @Test
  void unknownVariablesAreRefused() {
    assertThatThrownBy(() -> parse(TITLE + "sell $nobody")).isInstanceOf(ScriptError.class);
  }

  @Test
  void repetitionsNest() {
    Script script = parse(TITLE + "repeat 2\nrepeat 3\nsettle\nend\nend");

    Step.Repeat outer = (Step.Repeat) script.lines().getFirst().step();
    assertThat(outer.lines().getFirst().step()).isInstanceOf(Step.Repeat.class);
  }

  @Test
  void repetitionsMustEnd() {
    assertThatThrownBy(() -> parse(TITLE + "repeat 2\nsettle")).isInstanceOf(ScriptError.class);
    assertThatThrownBy(() -> parse(TITLE + "settle\nend")).isInstanceOf(ScriptError.class);
  }

  @Test
  void anErrorNamesFileLineAndText() {
    assertThatThrownBy(() -> parse(TITLE + "settle\nfrobnicate a"))
        .hasMessageContaining("test:3")
        .hasMessageContaining("frobnicate a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "settle now",
        "settle fast=yes",
        "advance",
        "advance 3",
        "advance to=tomorrow",
        "ask alice",
        "ask alice proof perhaps",
        "ask alice horoscope",
        "break look",
        "break nowhere status=500",
        "break look status=500 times=0",
        "break look upside-down",
        "mend nowhere",
        "during nowhere settle",
        "during look",
        "server sleep",
        "database sideways",
        "grant alice forever",
        "buyer",
        "buyer alice told=secrets",
        "buyer alice key=12",
        "add alice a",
        "expect",
        "expect luck",
        "expect row a plan=1m",
        "expect row a#1",
        "expect row a#1 plan=many",
        "expect row a#1 renewing=perhaps",
        "expect row a#1 expiry=tomorrow",
        "expect row a#1 grace=1mo",
        "expect row a#1 ack=maybe",
        "expect row a#1 plan=1m plan=1m",
        "expect rows a some",
        "expect account alice",
        "expect account alice rich",
        "expect generation alice 1 undead",
        "expect work a resting",
        "expect work a parked reason=boredom",
        "expect fact a rumour",
        "expect alert shrill all",
        "expect calls nowhere 1",
        "expect list many"
      })
  void whatIsNotUnderstoodIsRefused(String statement) {
    assertThatThrownBy(() -> parse(TITLE + statement)).isInstanceOf(ScriptError.class);
  }

  @Test
  void stepsOfTheServerAreRead() {
    assertThat(step("ask alice proof issued"))
        .isEqualTo(new OfServer.Ask("alice", Question.PROOF, ProofAnswer.ISSUED));
    assertThat(step("ask alice payments"))
        .isEqualTo(new OfServer.Ask("alice", Question.PAYMENTS, null));
    assertThat(step("add alice a#2 status=100"))
        .isEqualTo(new OfServer.Add("alice", new CycleRef("a", 2), 100));
    assertThat(step("grant alice 12M")).isEqualTo(new OfServer.Grant("alice", new Plan("1y")));
    assertThat(step("server restart base_plans=x=1m,y=2m"))
        .isEqualTo(new OfServer.Restart(Map.of("base_plans", "x=1m,y=2m")));
    assertThat(step("operator inbox retry {a}"))
        .isEqualTo(new OfServer.Operator(List.of("inbox", "retry", "{a}")));
    assertThat(step("database down")).isEqualTo(new OfServer.Database(false));
  }

  @Test
  void faultsAreRead() {
    assertThat(step("break look of=a times=4 status=429 reason=quotaExceeded retry-after=30s"))
        .isEqualTo(
            new Step.Break(
                "look", "a", 4, new Effect.Refused(429, "quotaExceeded", Duration.ofSeconds(30))));
    assertThat(step("break any dropped"))
        .isEqualTo(new Step.Break(null, null, Fault.UNTIL_CLEARED, new Effect.Dropped(false)));
    assertThat(step("break look done-but-dropped"))
        .isEqualTo(new Step.Break("look", null, Fault.UNTIL_CLEARED, new Effect.Dropped(true)));
    assertThat(step("break look late=20s"))
        .isEqualTo(
            new Step.Break(
                "look", null, Fault.UNTIL_CLEARED, new Effect.Late(Duration.ofSeconds(20))));
    assertThat(step("break look trickling=2s times=1"))
        .isEqualTo(new Step.Break("look", null, 1, new Effect.Trickling(Duration.ofSeconds(2))));
    assertThat(step("mend")).isEqualTo(new Step.Mend(null));
  }

  @Test
  void faultsOfChanceAreRead() {
    assertThat(step("break look nth=3 times=2 chance=40 seed=9 dropped"))
        .isEqualTo(
            new Step.Break(
                "look",
                null,
                new Occasions(3, 2, new Occasions.Chance(40, 9)),
                new Effect.Dropped(false)));
  }

  @Test
  void expectationsOfRowsAreRead() {
    assertThat(expectation("row a#1 plan=1m expiry=@b+1mo grace=none owner=none revoked=any"))
        .isEqualTo(
            new ServerExpectation.Row(
                new CycleRef("a", 1),
                List.of(
                    new RowCondition.Sold(new Plan("1m")),
                    new RowCondition.Expiry(new InstantValue.At(Moment.parse("@b+1mo"))),
                    new RowCondition.Grace(null),
                    new RowCondition.Owner(null),
                    new RowCondition.RevokedAt(new InstantValue.Present()))));
    assertThat(expectation("rows c-* 3.."))
        .isEqualTo(new ServerExpectation.Rows("c-*", new Range(3, Range.UNBOUNDED)));
    assertThat(expectation("no-row a#3"))
        .isEqualTo(new ServerExpectation.NoRow(new CycleRef("a", 3)));
  }

  @Test
  void otherExpectationsAreRead() {
    assertThat(expectation("account alice active expiry=@a renewing=yes payments=2"))
        .isEqualTo(
            new ServerExpectation.Account(
                "alice",
                List.of(
                    new AccountCondition.Is(AccountCondition.Status.ACTIVE),
                    new AccountCondition.Expiry(Moment.parse("@a")),
                    new AccountCondition.Renewing(true),
                    new AccountCondition.Payments(2))));
    assertThat(expectation("generation alice 2 revoked"))
        .isEqualTo(new ServerExpectation.Generation("alice", 2, true));
    assertThat(expectation("generation alice none"))
        .isEqualTo(new ServerExpectation.Generation("alice", 0, false));
    assertThat(expectation("work a parked kind=one-time reason=no-owner attempts=0"))
        .isEqualTo(
            new ServerExpectation.Work(
                "a", WorkKind.ONE_TIME, WorkState.PARKED, ParkReason.NO_OWNER, 0));
    assertThat(expectation("inbox done=5 parked=1 reason=foreign"))
        .isEqualTo(new ServerExpectation.Inbox(5, 1, ParkReason.FOREIGN));
    assertThat(expectation("fact a#1 loss-heard count=2 reason=REVOKED at=@r"))
        .isEqualTo(
            new ServerExpectation.Fact(
                "a",
                new CycleRef("a", 1),
                FactKind.LOSS_HEARD,
                new Range(2, 2),
                "REVOKED",
                new InstantValue.At(Moment.parse("@r"))));
    assertThat(expectation("alert any quota"))
        .isEqualTo(new ServerExpectation.Alert(null, "quota", Range.parse("1..")));
    assertThat(expectation("alert critical ack"))
        .isEqualTo(new ServerExpectation.Alert(AlertLevel.CRITICAL, "ack", Range.parse("1..")));
    assertThat(expectation("alert error family times 2"))
        .isEqualTo(new ServerExpectation.Alert(AlertLevel.ERROR, "family", new Range(2, 2)));
    assertThat(expectation("metric runs_total name=sweep 3.."))
        .isEqualTo(
            new ServerExpectation.Metric(
                "runs_total", Map.of("name", "sweep"), new Range(3, Range.UNBOUNDED)));
    assertThat(expectation("calls look of=a 0..2"))
        .isEqualTo(new Expectation.Calls("look", "a", new Range(0, 2)));
    assertThat(expectation("rate look 10")).isEqualTo(new Expectation.Rate("look", 10));
    assertThat(expectation("truth")).isEqualTo(new ServerExpectation.Truth());
    assertThat(expectation("sold 2")).isEqualTo(new ToyStage.Sold(2));
  }

  @Test
  void aRangePrintsAsItIsWritten() {
    assertThat(List.of("3", "2..", "0..4"))
        .allSatisfy(text -> assertThat(Range.parse(text)).hasToString(text));
  }

  private Script parse(String text) {
    return parser.parse("test", text, Map.of());
  }

  private Step step(String statement) {
    return parser.parseLine(statement).step();
  }

  private Expectation expectation(String text) {
    return ((Step.Expect) step("expect " + text)).expectation();
  }
}
