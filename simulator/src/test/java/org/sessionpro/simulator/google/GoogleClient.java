package org.sessionpro.simulator.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.sessionpro.simulator.google.api.PubSubApi;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;

/// Asks a simulator as a server would, over HTTP and with a token of its own.
public final class GoogleClient implements AutoCloseable {
  public static final String BOTH_SCOPES =
      "https://www.googleapis.com/auth/androidpublisher https://www.googleapis.com/auth/pubsub";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final JsonNode credentials;
  private final HttpClient http = HttpClient.newHttpClient();
  private String bearer = "";

  /// An answer.
  ///
  /// @param status 0 if there was none
  public record Reply(int status, String body, HttpResponse<String> response) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException malformed) {
        throw new UncheckedIOException(malformed);
      }
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  public GoogleClient(URI url, byte[] credentials) throws IOException {
    this.url = url;
    this.credentials = JSON.readTree(credentials);
  }

  /// Gets a token for both APIs.
  public GoogleClient signIn() throws IOException {
    Reply reply = askForToken(assertion(BOTH_SCOPES, Instant.now(), Duration.ofHours(1)));
    bearer = reply.json().get("access_token").asText();
    return this;
  }

  public void signInAs(String token) {
    bearer = token;
  }

  public Reply askForToken(String assertion) throws IOException {
    String form =
        "grant_type="
            + encode("urn:ietf:params:oauth:grant-type:jwt-bearer")
            + "&assertion="
            + encode(assertion);
    return send(
        HttpRequest.newBuilder(URI.create(credentials.get("token_uri").asText()))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  /// A statement signed with the account's key.
  public String assertion(String scopes, Instant issued, Duration lifetime) {
    ObjectNode claims =
        JSON.createObjectNode()
            .put("iss", credentials.get("client_email").asText())
            .put("aud", credentials.get("token_uri").asText())
            .put("scope", scopes)
            .put("iat", issued.getEpochSecond())
            .put("exp", issued.plus(lifetime).getEpochSecond());
    return sign(claims);
  }

  public String sign(ObjectNode claims) {
    ObjectNode header =
        JSON.createObjectNode()
            .put("alg", "RS256")
            .put("typ", "JWT")
            .put("kid", credentials.get("private_key_id").asText());
    String signed = base64(header.toString()) + "." + base64(claims.toString());
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(rs256(signed));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] rs256(String text) {
    try {
      String pem = credentials.get("private_key").asText().replaceAll("-----[A-Z ]+-----|\\s", "");
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(key);
      signer.update(text.getBytes(StandardCharsets.UTF_8));
      return signer.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Asks Play about something of the app.
  ///
  /// @param path behind the package
  public Reply play(String path) throws IOException {
    return send(request(playPath(path)).GET());
  }

  public Reply post(String path, String body) throws IOException {
    return send(request(playPath(path)).POST(BodyPublishers.ofString(body)));
  }

  private static String playPath(String path) {
    return "/androidpublisher/v3/applications/" + SessionCatalogue.PACKAGE.value() + "/" + path;
  }

  public Reply read(String token) throws IOException {
    return play("purchases/subscriptionsv2/tokens/" + encode(token));
  }

  public Reply acknowledge(String token, String body) throws IOException {
    return post(
        "purchases/subscriptions/session_pro/tokens/" + encode(token) + ":acknowledge", body);
  }

  /// Asks Pub/Sub.
  ///
  /// @param verb empty for the settings
  public Reply pubSub(String verb, String body) throws IOException {
    String path = "/v1/projects/" + PubSubApi.PROJECT + "/subscriptions/" + PubSubApi.SUBSCRIPTION;
    return verb.isEmpty()
        ? send(request(path).GET())
        : send(request(path + ":" + verb).POST(BodyPublishers.ofString(body)));
  }

  public Reply get(String path) throws IOException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("authorization", "Bearer " + bearer);
  }

  private Reply send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(Duration.ofSeconds(3)).build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body(), response);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
