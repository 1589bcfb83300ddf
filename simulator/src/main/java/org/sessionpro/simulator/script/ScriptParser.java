package org.sessionpro.simulator.script;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.PaymentProvider;
import org.sessionpro.simulator.script.Script.Title;

/// Reads scripts.
///
/// A script is text, one statement a line; `#` begins a comment. The first statement is the title,
/// `scenario <store> <number> "<text>" [seeds=N] [process=own]`. A `let name=value` gives a value to
/// `$name` in the lines below it, unless whoever runs the script gives another one.
///
/// | statement | meaning |
/// |---|---|
/// | `buyer NAME [told=key\|hash\|nothing] [key=HEX]` | somebody who buys and asks |
/// | `advance SPAN`, `advance to=@label…` | the clock moves |
/// | `mark @label` | labels the present instant; any statement may end with a label for its own |
/// | `repeat N` … `end` | the lines between, N times |
/// | `break ENDPOINT\|any [of=PURCHASE] [nth=N] [times=N] [chance=PERCENT [seed=N]] FAULT` | requests go wrong, from the Nth on, so many, each with that probability, one way: `status=503 [reason=WORD] [retry-after=SPAN]`, `late=SPAN`, `trickling=SPAN`, or one of the words `dropped`, `done-but-dropped`, `malformed`, `former` |
/// | `mend [ENDPOINT]` | they go right again |
/// | `during ENDPOINT [of=PURCHASE] STATEMENT` | happens between the next such request and its answer |
/// | `instead-of ENDPOINT [of=PURCHASE] STATEMENT` | happens when the next such request comes, which is then lost |
/// | `settle` | the server does all there is to do |
/// | `ask BUYER proof [ANSWER]`, `ask BUYER status\|payments` | a client asks |
/// | `add PURCHASE#N BUYER [status=N]` | a client of v0 adds a payment |
/// | `grant BUYER PLAN` | the operator grants a voucher |
/// | `server restart [key=value]…`, `server kill`, `server start` | |
/// | `database down`, `database up` | |
/// | `operator WORD…` | the operator runs `pro WORD…`; `{PURCHASE}` is its id at the store |
/// | `remember BUYER` | for `expect unchanged` |
/// | `expect …` | see [ExpectationParser] |
///
/// All other statements are the store's, as its [Vocabulary] has them.
public final class ScriptParser {
  private static final Pattern VARIABLE = Pattern.compile("\\$([a-z][a-z0-9-]*)");

  private final List<Vocabulary> vocabularies;
  private final StepParser steps;

  /// @param vocabularies of the stores that scripts may play on
  public ScriptParser(List<Vocabulary> vocabularies) {
    this.vocabularies = List.copyOf(vocabularies);
    this.steps = new StepParser(this.vocabularies);
  }

  /// Reads a whole script.
  ///
  /// @param source where it comes from
  /// @param parameters values of variables, which win over those in the script
  /// @throws ScriptError naming the line
  public Script parse(String source, String text, Map<String, String> parameters) {
    Reading reading = new Reading(source, parameters);
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      reading.read(i + 1, lines.get(i));
    }
    return reading.script();
  }

  /// Reads one statement that stands in no script.
  ///
  /// @throws ScriptError if it is none
  public Line parseLine(String text) {
    Words words = Words.of(withoutComment(text));
    String verb = words.next("a statement");
    Step step = steps.parse(verb, words);
    words.end();
    return new Line(0, text.strip(), step, words.label());
  }

  private static String withoutComment(String line) {
    int comment = line.startsWith("#") ? 0 : line.indexOf(" #");
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  private final class Reading {
    private final String source;
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> parameters;
    private final Deque<Block> open = new ArrayDeque<>();
    private @Nullable Title title;

    /// Lines of a `repeat`, or of the whole script.
    ///
    /// @param head the `repeat` itself; null of the script
    private record Block(@Nullable Line head, int times, List<Line> lines) {}

    private Reading(String source, Map<String, String> parameters) {
      this.source = source;
      this.parameters = parameters;
      variables.putAll(parameters);
      open.push(new Block(null, 1, new ArrayList<>()));
    }

    private void read(int number, String line) {
      String text = withoutComment(line);
      if (text.isEmpty()) {
        return;
      }
      try {
        read(number, text, Words.of(substituted(text)));
      } catch (ScriptError wrong) {
        throw wrong.at(source, number, text);
      } catch (IllegalArgumentException wrong) {
        throw new ScriptError(String.valueOf(wrong.getMessage())).at(source, number, text);
      }
    }

    private String substituted(String text) {
      Matcher variable = VARIABLE.matcher(text);
      return variable.replaceAll(found -> {
        String value = variables.get(found.group(1));
        if (value == null) {
          throw new ScriptError("nothing is known about $" + found.group(1));
        }
        return Matcher.quoteReplacement(value);
      });
    }

    private void read(int number, String text, Words words) {
      String verb = words.next("a statement");
      if (title == null) {
        title = title(verb, words);
      } else if (verb.equals("let")) {
        words.options().forEach(this::let);
      } else if (verb.equals("repeat")) {
        int times = words.number("how often");
        Line head = new Line(number, text, new Step.Mark(), null);
        open.push(new Block(head, times, new ArrayList<>()));
      } else if (verb.equals("end")) {
        close();
      } else {
        Step step = steps.parse(verb, words);
        block().lines().add(new Line(number, text, step, words.label()));
      }
      words.end();
    }

    private Block block() {
      return open.element();
    }

    private void let(String name, String value) {
      variables.put(name, parameters.getOrDefault(name, value));
    }

    private void close() {
      Block closed = open.pop();
      if (closed.head() == null) {
        throw new ScriptError("there is nothing to end");
      }
      Line head = closed.head();
      block()
          .lines()
          .add(
              new Line(
                  head.number(),
                  head.text(),
                  new Step.Repeat(closed.times(), closed.lines()),
                  null));
    }

    private Title title(String verb, Words words) {
      if (!verb.equals("scenario")) {
        throw new ScriptError("a script begins with: scenario STORE NUMBER \"TEXT\"");
      }
      String word = words.next("a store");
      PaymentProvider store =
          vocabularies.stream()
              .map(Vocabulary::store)
              .filter(known -> known.code().equals(word))
              .findFirst()
              .orElseThrow(() -> new ScriptError("'" + word + "' is no store"));
      int number = words.number("a number");
      String text = words.next("what it is about");
      int seeds = words.option("seeds", Words::parseNumber).orElse(1);
      boolean own = words.option("process").map("own"::equals).orElse(false);
      return new Title(store, number, text, seeds, own);
    }

    private Script script() {
      Block whole = open.pop();
      if (whole.head() != null) {
        throw new ScriptError("a repeat has no end")
            .at(source, whole.head().number(), whole.head().text());
      }
      if (title == null) {
        throw new ScriptError(source + " is empty");
      }
      return new Script(source, title, whole.lines());
    }
  }
}
