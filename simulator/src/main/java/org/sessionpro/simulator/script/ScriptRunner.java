package org.sessionpro.simulator.script;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.StoreId;
import org.sessionpro.protocol.crypto.Crypto;
import org.sessionpro.simulator.Occasions;
import org.sessionpro.simulator.VirtualClock;
import org.sessionpro.simulator.http.Call;
import org.sessionpro.simulator.http.CallLog;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.http.Fault;
import org.sessionpro.simulator.script.Expectation.Calls;
import org.sessionpro.simulator.script.Expectation.Rate;
import org.sessionpro.simulator.script.Step.AdvanceBy;
import org.sessionpro.simulator.script.Step.AdvanceTo;
import org.sessionpro.simulator.script.Step.Break;
import org.sessionpro.simulator.script.Step.Expect;
import org.sessionpro.simulator.script.Step.Introduce;
import org.sessionpro.simulator.script.Step.Mark;
import org.sessionpro.simulator.script.Step.Meanwhile;
import org.sessionpro.simulator.script.Step.Mend;
import org.sessionpro.simulator.script.Step.OfServer;
import org.sessionpro.simulator.script.Step.Repeat;
import org.sessionpro.simulator.script.Verdict.Met;
import org.sessionpro.simulator.script.Verdict.Unchecked;
import org.sessionpro.simulator.script.Verdict.Unmet;

/// Makes scripts happen.
public final class ScriptRunner {
  private final VirtualClock clock;
  private final List<Stage> stages;
  private final ServerUnderTest server;
  private final Crypto crypto;

  /// @param stages the stores, the one that faults and calls are about first
  public ScriptRunner(
      VirtualClock clock, List<Stage> stages, ServerUnderTest server, Crypto crypto) {
    this.clock = clock;
    this.stages = List.copyOf(stages);
    this.server = server;
    this.crypto = crypto;
  }

  /// Runs a script from its first line to its last.
  ///
  /// @param scope makes the people of this run others than those of runs with another scope
  /// @throws ScriptFailure at the first line that does not go as it says
  public ScriptReport run(Script script, String scope) {
    Run run = new Run(script.source(), script.source() + "/" + scope);
    try {
      script.lines().forEach(run::play);
      return run.report;
    } finally {
      run.calm();
    }
  }

  /// A script that grows while it is played, one line after the other.
  ///
  /// @param source for messages
  public Session open(String source) {
    return new Session(new Run(source, source));
  }

  /// Lines that somebody types.
  public static final class Session {
    private final Run run;

    private Session(Run run) {
      this.run = run;
    }

    /// Plays one more line.
    ///
    /// @throws ScriptFailure if it does not go as it says
    public synchronized void play(Line line) {
      run.play(line);
    }

    /// Ends everything that keeps the stores from answering and telling as usual.
    public synchronized void calm() {
      run.calm();
    }

    public Scene scene() {
      return run.scene;
    }

    public ScriptReport report() {
      return run.report;
    }
  }

  private final class Run {
    private final String source;
    private final String scope;
    private final Scene scene = new Scene(clock, stages);
    private final ScriptReport report = new ScriptReport();

    /// What went wrong on the thread of a request.
    private final AtomicReference<@Nullable RuntimeException> meanwhile = new AtomicReference<>();

    private Run(String source, String scope) {
      this.source = source;
      this.scope = scope;
    }

    private void calm() {
      stages.forEach(Stage::calm);
    }

    private void play(Line line) {
      try {
        Instant at = perform(line);
        if (line.label() != null) {
          scene.label(line.label(), at);
        }
        RuntimeException failed = meanwhile.getAndSet(null);
        if (failed != null) {
          throw failed;
        }
      } catch (ScriptFailure known) {
        throw known;
      } catch (RuntimeException failed) {
        throw new ScriptFailure(source, line, failed);
      }
    }

    /// Makes it happen and answers when.
    private Instant perform(Line line) {
      switch (line.step()) {
        case StoreStep step -> {
          return stage(step).perform(step, scene);
        }
        case Introduce introduce -> introduce(introduce);
        case AdvanceBy by -> advanceTo(by.span().after(clock.instant()));
        case AdvanceTo to -> advanceTo(scene.instant(to.moment()));
        case Mark _ -> {}
        case Repeat repeat -> {
          for (int time = 0; time < repeat.times(); time++) {
            repeat.lines().forEach(this::play);
          }
        }
        case Break broken ->
            add(broken.endpoint(), broken.subject(), broken.occasions(), broken.effect());
        case Mend mend -> mend(mend.endpoint());
        case Meanwhile trap -> {
          Runnable event = () -> playMeanwhile(trap.then());
          add(
              trap.endpoint(),
              trap.subject(),
              Occasions.next(1),
              trap.done() ? new Effect.Meanwhile(event) : new Effect.Instead(event));
        }
        case OfServer step -> drive(step);
        case Expect expect -> expect(line, expect.expectation());
      }
      return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Stage stage(StoreStep step) {
      return stages.stream()
          .filter(stage -> stage.store() == step.store())
          .findFirst()
          .orElseThrow(() -> new ScriptError("there is no " + step.store().code() + " here"));
    }

    private void playMeanwhile(Line line) {
      try {
        play(line);
      } catch (RuntimeException failed) {
        meanwhile.set(failed);
      }
    }

    private void introduce(Introduce introduce) {
      String name = introduce.buyer();
      scene.introduce(
          introduce.known() == null
              ? Buyer.invented(scope, name, introduce.told(), crypto)
              : new Buyer(name, null, introduce.known(), introduce.told()));
    }

    private void advanceTo(Instant instant) {
      clock.forwardTo(instant);
      stages.forEach(Stage::catchUp);
    }

    private void add(
        @Nullable String endpoint, @Nullable String subject, Occasions occasions, Effect effect) {
      stages.getFirst().faults().add(new Fault(endpoint, storeName(subject), occasions, effect));
    }

    private @Nullable String storeName(@Nullable String purchase) {
      if (purchase == null) {
        return null;
      }
      StoreId id = scene.purchase(purchase);
      return id.value();
    }

    private void mend(@Nullable String endpoint) {
      if (endpoint == null) {
        stages.getFirst().faults().clear();
      } else {
        stages.getFirst().faults().clear(endpoint);
      }
    }

    private void drive(OfServer step) {
      switch (step) {
        case OfServer.Settle _ -> server.settle();
        case OfServer.Ask ask -> ask(ask);
        case OfServer.Add add -> add(add);
        case OfServer.Grant grant -> server.grant(scene.buyer(grant.buyer()), grant.plan());
        case OfServer.Restart restart -> server.restart(restart.settings());
        case OfServer.Kill _ -> server.kill();
        case OfServer.Start _ -> server.start();
        case OfServer.Database database -> server.reachDatabase(database.reachable());
        case OfServer.Operator operator ->
            server.operate(operator.words().stream().map(this::substituted).toList());
        case OfServer.Remember remember -> server.remember(scene.buyer(remember.buyer()));
      }
    }

    private void ask(OfServer.Ask ask) {
      Buyer buyer = scene.buyer(ask.buyer());
      if (ask.question() != Question.PROOF) {
        server.ask(buyer, ask.question());
        return;
      }
      compare(ask.answer(), server.askForProof(buyer));
    }

    private void add(OfServer.Add add) {
      compare(add.status(), server.add(scene.buyer(add.buyer()), scene.cycle(add.cycle())));
    }

    private static <T> void compare(@Nullable T expected, Optional<T> answer) {
      if (expected != null && answer.isPresent() && !expected.equals(answer.get())) {
        throw new ScriptError("the answer is " + answer.get());
      }
    }

    private String substituted(String word) {
      return word.startsWith("{") && word.endsWith("}")
          ? scene.purchase(word.substring(1, word.length() - 1)).value()
          : word;
    }

    private void expect(Line line, Expectation expectation) {
      Verdict verdict =
          switch (expectation) {
            case ServerExpectation ofServer -> server.check(ofServer, scene);
            case StoreExpectation ofStore -> check(ofStore);
            case Calls calls -> server.isGenuine() ? check(calls) : new Unchecked();
            case Rate rate -> server.isGenuine() ? check(rate) : new Unchecked();
          };
      switch (verdict) {
        case Met _ -> report.met().add(line);
        case Unchecked _ -> report.unchecked().add(line);
        case Unmet unmet -> throw new ScriptFailure(source, line, "but " + unmet.found());
      }
    }

    private Verdict check(StoreExpectation expectation) {
      return stages.stream()
          .filter(stage -> stage.store() == expectation.store())
          .findFirst()
          .orElseThrow(() -> new ScriptError("there is no such store here"))
          .check(expectation, scene);
    }

    private Verdict check(Calls expected) {
      int found = calls(expected.endpoint(), expected.subject()).size();
      return Verdict.of(expected.count().contains(found), "there were " + found + " such requests");
    }

    private Verdict check(Rate expected) {
      long excess = CallLog.excess(calls(expected.endpoint(), null).stream(), expected.perSecond());
      return Verdict.of(
          excess <= expected.perSecond(),
          "in one stretch there were " + excess + " more than its seconds allow");
    }

    private List<Call> calls(String endpoint, @Nullable String subject) {
      Stage stage = stages.getFirst();
      return stage.calls().since(scene.callsBefore(stage), endpoint, storeName(subject));
    }
  }
}
