package org.sessionpro.simulator.control;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionpro.protocol.json.JsonWriter;
import org.sessionpro.simulator.http.Answer;
import org.sessionpro.simulator.http.Call;
import org.sessionpro.simulator.http.CallLog;
import org.sessionpro.simulator.http.Endpoint;
import org.sessionpro.simulator.http.Request;
import org.sessionpro.simulator.http.Service;
import org.sessionpro.simulator.script.ScriptError;
import org.sessionpro.simulator.script.ScriptFailure;
import org.sessionpro.simulator.script.ScriptParser;
import org.sessionpro.simulator.script.ScriptRunner;
import org.sessionpro.simulator.script.Vocabulary;

/// The control endpoint of a simulator that is being served. It speaks the script language, so whatever
/// a scenario can do can be done by hand. Below `/simulator/`, `/sim/` (`google-play.md` §12.1) and
/// `/_sim/` (`app-store.md` §9.3) it is the same:
///
/// | request | meaning |
/// |---|---|
/// | `POST play` | the body is statements, a line each; they happen one after the other |
/// | `POST purchase`, `advance`, `event`, `fault`, `publish` | the same, whatever the statements are about |
/// | `POST reset` | every fault ends and notifications arrive as usual; what was bought stays, for the server knows of it |
/// | `GET state` | every purchase as it stands, and the time |
/// | `GET calls` | how often each endpoint was asked |
public final class Control implements Service {
  public static final String PATH = "/simulator/";

  /// As the specification of the simulated Google Play has it.
  public static final String SHORT_PATH = "/sim/";

  /// As the specification of the simulated App Store has it.
  private static final String PLAIN_PATH = "/_sim/";

  /// Where it is to be served.
  public static final List<String> PATHS = List.of(PATH, SHORT_PATH, PLAIN_PATH);

  private final ScriptRunner.Session session;
  private final ScriptParser parser;
  private final Supplier<byte[]> state;
  private final CallLog calls;

  private enum Word implements Endpoint {
    CONTROL;

    @Override
    public String word() {
      return "control";
    }
  }

  /// @param session plays what is asked for, on a stage of the simulator
  /// @param vocabulary of its store
  /// @param state writes everything that was bought as JSON
  /// @param calls that the store has been asked
  public Control(
      ScriptRunner.Session session, Vocabulary vocabulary, Supplier<byte[]> state, CallLog calls) {
    this.session = session;
    this.parser = new ScriptParser(List.of(vocabulary));
    this.state = state;
    this.calls = calls;
  }

  @Override
  public Routed route(Request request) {
    Handler handler =
        switch (request.method() + " " + word(request.path())) {
          case "POST play",
              "POST purchase",
              "POST advance",
              "POST event",
              "POST fault",
              "POST publish" ->
              () -> play(request);
          case "POST reset" -> this::reset;
          case "GET state" -> () -> Answer.json(200, state.get());
          case "GET calls" -> this::countedCalls;
          default -> () -> Answer.text(404, "see play, state and calls below /simulator/\n");
        };
    return new Routed(Word.CONTROL, null, handler);
  }

  private static String word(String path) {
    return PATHS.stream()
        .filter(path::startsWith)
        .findFirst()
        .map(below -> path.substring(below.length()))
        .orElse("");
  }

  @Override
  public Answer refusal(
      Endpoint endpoint, int status, String reason, @Nullable Duration retryAfter) {
    return Answer.empty(status);
  }

  private Answer play(Request request) {
    String statements = new String(request.body().toByteArray(), StandardCharsets.UTF_8);
    List<String> lines = statements.lines().filter(line -> !line.isBlank()).toList();
    try {
      lines.forEach(line -> session.play(parser.parseLine(line)));
      return played(lines.size());
    } catch (ScriptError | ScriptFailure wrong) {
      return Answer.json(
          400, JsonWriter.object(root -> root.text("error", String.valueOf(wrong.getMessage()))));
    }
  }

  private Answer played(int lines) {
    return Answer.json(
        200,
        JsonWriter.object(
            root -> root.integer("played", lines).text("now", session.scene().now().toString())));
  }

  private Answer reset() {
    session.calm();
    return played(0);
  }

  private Answer countedCalls() {
    Map<String, Long> counts =
        calls.since(0).stream()
            .collect(Collectors.groupingBy(Call::endpoint, TreeMap::new, Collectors.counting()));
    return Answer.json(200, JsonWriter.object(root -> counts.forEach(root::integer)));
  }
}
