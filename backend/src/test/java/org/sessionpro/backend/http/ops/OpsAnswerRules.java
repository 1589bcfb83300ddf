package org.sessionpro.backend.http.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.sessionpro.backend.http.ContentType;
import org.sessionpro.backend.http.Reply;
import org.sessionpro.backend.http.clients.AnswerRules;
import org.sessionpro.protocol.json.JsonObject;

/// What every answer to whoever runs the server must be, whatever was asked: numbers that a scraper can
/// read, a word about the state of the server, or one of few short texts.
public final class OpsAnswerRules {
  private OpsAnswerRules() {}

  /// Checks an answer.
  public static void check(Reply reply) {
    switch (reply.contentType()) {
      case METRICS -> {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Exposition.read(new String(reply.body().toByteArray(), UTF_8)).names())
            .isNotEmpty();
      }
      case JSON -> {
        assertThat(reply.status()).isIn(200, 503);
        assertThat(JsonObject.parse(reply.body().toByteArray()).names())
            .containsAnyOf("status", "quiet");
      }
      case TEXT -> AnswerRules.checkForm(reply.status(), ContentType.TEXT.value(), reply.body());
      case OCTETS -> throw new AssertionError("nothing that an operator reads");
    }
  }
}
