package org.sessionpro.simulator.google.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionpro.simulator.google.GoogleClient;
import org.sessionpro.simulator.google.GoogleClient.Reply;
import org.sessionpro.simulator.google.ServedGoogle;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;

class AccessTokensTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ServedGoogle google = new ServedGoogle();
  private final GoogleClient client = google.client;

  @AfterEach
  void stop() {
    google.close();
  }

  @Test
  void aSignedAssertionIsGoodForAToken() throws IOException {
    Reply reply = ask(client.assertion(GoogleClient.BOTH_SCOPES, Instant.now(), HOUR));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().get("token_type").asText()).isEqualTo("Bearer");
    assertThat(reply.json().get("expires_in").asInt()).isEqualTo(3599);
  }

  @Test
  void theAudienceThatGooglesLibrariesNameIsAccepted() throws IOException {
    assertThat(
            ask(client.sign(claims().put("aud", "https://oauth2.googleapis.com/token"))).status())
        .isEqualTo(200);
  }

  @Test
  void anotherAudienceIsRefused() throws IOException {
    assertRefused(client.sign(claims().put("aud", "https://example.org/token")));
  }

  @Test
  void anotherIssuerIsRefused() throws IOException {
    assertRefused(client.sign(claims().put("iss", "somebody@example.org")));
  }

  @Test
  void anAssertionForMoreThanAnHourIsRefused() throws IOException {
    assertRefused(client.assertion(GoogleClient.BOTH_SCOPES, Instant.now(), HOUR.plusSeconds(1)));
  }

  @Test
  void anAssertionOfYesterdayIsRefused() throws IOException {
    assertRefused(
        client.assertion(GoogleClient.BOTH_SCOPES, Instant.now().minus(Duration.ofDays(1)), HOUR));
  }

  @Test
  void anAssertionOfTheSimulatedTimeIsRefused() throws IOException {
    assertRefused(
        client.assertion(GoogleClient.BOTH_SCOPES, Instant.now().plus(Duration.ofDays(30)), HOUR));
  }

  @Test
  void anAssertionWithoutScopesIsRefused() throws IOException {
    assertRefused(client.assertion("", Instant.now(), HOUR));
  }

  @Test
  void anAlteredAssertionIsRefused() throws IOException {
    String sound = client.assertion(GoogleClient.BOTH_SCOPES, Instant.now(), HOUR);

    assertRefused(sound.substring(0, sound.length() - 8) + "AAAAAAAA");
  }

  @Test
  void whatIsNoAssertionIsRefused() throws IOException {
    assertRefused("nonsense");
    assertRefused("a.b.c");
  }

  @Test
  void aCallWithoutATokenIsUnauthorized() throws IOException {
    client.signInAs("stolen");

    assertThat(client.read("any").status()).isEqualTo(401);
    assertThat(client.pubSub("pull", "{}").status()).isEqualTo(401);
  }

  @Test
  void aTokenOpensOnlyWhatItsScopesName() throws IOException {
    String assertion = client.assertion(AccessTokens.PUBSUB_SCOPE, Instant.now(), HOUR);
    client.signInAs(ask(assertion).json().get("access_token").asText());

    assertThat(client.pubSub("pull", "{}").status()).isEqualTo(200);
    assertThat(client.read("any").status()).isEqualTo(403);
  }

  @Test
  void tokensCanBeEnded() throws IOException {
    google.simulator.tokens().revokeAll();

    assertThat(client.play("subscriptions/" + SessionCatalogue.SESSION_PRO).status())
        .isEqualTo(401);
  }

  private Reply ask(String assertion) throws IOException {
    return client.askForToken(assertion);
  }

  private void assertRefused(String assertion) throws IOException {
    Reply reply = ask(assertion);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("error").asText()).isEqualTo("invalid_grant");
  }

  private ObjectNode claims() throws IOException {
    ObjectMapper json = new ObjectMapper();
    return json.createObjectNode()
        .put("iss", json.readTree(google.credentials()).get("client_email").asText())
        .put("aud", google.served.url().resolve("/token").toString())
        .put("scope", GoogleClient.BOTH_SCOPES)
        .put("iat", Instant.now().getEpochSecond())
        .put("exp", Instant.now().plus(HOUR).getEpochSecond());
  }
}
