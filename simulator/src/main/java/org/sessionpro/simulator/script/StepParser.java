package org.sessionpro.simulator.script;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.MasterKey;
import org.sessionpro.protocol.Plan;
import org.sessionpro.simulator.http.Effect;
import org.sessionpro.simulator.script.Step.OfServer;

/// Reads the statements that all stores have in common, and leaves the others to their vocabularies.
final class StepParser {
  private final List<Vocabulary> vocabularies;
  private final ExpectationParser expectations;

  StepParser(List<Vocabulary> vocabularies) {
    this.vocabularies = vocabularies;
    this.expectations = new ExpectationParser(vocabularies);
  }

  Step parse(String verb, Words words) {
    return switch (verb) {
      case "buyer" -> buyer(words);
      case "advance" -> advance(words);
      case "mark" -> new Step.Mark();
      case "break" -> fault(words);
      case "mend" -> new Step.Mend(words.maybeNext().map(this::endpoint).orElse(null));
      case "during" -> during(words, true);
      case "instead-of" -> during(words, false);
      case "settle" -> new OfServer.Settle();
      case "ask" -> ask(words);
      case "add" ->
          new OfServer.Add(
              words.next("a buyer"),
              CycleRef.parse(words.next("a cycle")),
              words.option("status", Words::parseNumber).orElse(null));
      case "grant" -> new OfServer.Grant(words.next("a buyer"), plan(words.next("a plan")));
      case "server" -> server(words);
      case "database" -> new OfServer.Database(up(words.next("up or down")));
      case "operator" -> new OfServer.Operator(words.rest());
      case "remember" -> new OfServer.Remember(words.next("a buyer"));
      case "expect" -> new Step.Expect(expectations.parse(words));
      default -> ofStore(verb, words);
    };
  }

  private Step ofStore(String verb, Words words) {
    return vocabularies.stream()
        .flatMap(vocabulary -> vocabulary.step(verb, words).stream())
        .findFirst()
        .orElseThrow(() -> new ScriptError("'" + verb + "' is not understood"));
  }

  private static Step buyer(Words words) {
    return new Step.Introduce(
        words.next("a name"),
        words.option("told", word -> Words.constant(Buyer.Told.class, word)).orElse(Buyer.Told.KEY),
        words.option("key", MasterKey::fromHex).orElse(null));
  }

  private static Step advance(Words words) {
    Optional<Moment> to = words.option("to", Moment::parse);
    return to.isPresent()
        ? new Step.AdvanceTo(to.get())
        : new Step.AdvanceBy(Span.parse(words.next("a length of time")));
  }

  private Step fault(Words words) {
    String endpoint = words.next("an endpoint or any");
    return new Step.Break(
        endpoint.equals("any") ? null : endpoint(endpoint),
        words.option("of").orElse(null),
        words.occasions(),
        effect(words));
  }

  private String endpoint(String word) {
    if (vocabularies.stream().noneMatch(vocabulary -> vocabulary.knowsEndpoint(word))) {
      throw new ScriptError("'" + word + "' is no endpoint");
    }
    return word;
  }

  private static Effect effect(Words words) {
    Optional<Integer> status = words.option("status", Words::parseNumber);
    if (status.isPresent()) {
      @Nullable Duration retryAfter =
          words.option("retry-after", Span::parse).map(Span::duration).orElse(null);
      return new Effect.Refused(status.get(), words.option("reason").orElse(""), retryAfter);
    }
    Optional<Duration> late = words.option("late", Span::parse).map(Span::duration);
    if (late.isPresent()) {
      return new Effect.Late(late.get());
    }
    Optional<Duration> trickling = words.option("trickling", Span::parse).map(Span::duration);
    if (trickling.isPresent()) {
      return new Effect.Trickling(trickling.get());
    }
    String word = words.next("what goes wrong");
    return switch (word) {
      case "dropped" -> new Effect.Dropped(false);
      case "done-but-dropped" -> new Effect.Dropped(true);
      case "malformed" -> new Effect.Malformed();
      case "former" -> new Effect.Former();
      default -> throw new ScriptError("'" + word + "' is no way to go wrong");
    };
  }

  private Step during(Words words, boolean done) {
    String endpoint = endpoint(words.next("an endpoint"));
    String subject = words.option("of").orElse(null);
    String verb = words.next("a statement");
    Step then = parse(verb, words);
    Line line = new Line(0, "during " + endpoint, then, null);
    return new Step.Meanwhile(endpoint, subject, done, line);
  }

  private static Step ask(Words words) {
    String buyer = words.next("a buyer");
    Question question = Words.constant(Question.class, words.next("a question"));
    @Nullable ProofAnswer answer =
        question == Question.PROOF
            ? words.maybeNext().map(word -> Words.constant(ProofAnswer.class, word)).orElse(null)
            : null;
    return new OfServer.Ask(buyer, question, answer);
  }

  private static Plan plan(String label) {
    return Plan.ofLabel(label).orElseThrow(() -> new ScriptError("'" + label + "' is no plan"));
  }

  private static Step server(Words words) {
    String what = words.next("restart, kill or start");
    return switch (what) {
      case "restart" -> new OfServer.Restart(words.options());
      case "kill" -> new OfServer.Kill();
      case "start" -> new OfServer.Start();
      default -> throw new ScriptError("a server is not told to '" + what + "'");
    };
  }

  private static boolean up(String word) {
    return switch (word) {
      case "up" -> true;
      case "down" -> false;
      default -> throw new ScriptError("a database is up or down");
    };
  }
}
