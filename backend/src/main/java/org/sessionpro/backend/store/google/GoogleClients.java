package org.sessionpro.backend.store.google;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.androidpublisher.AndroidPublisher;
import com.google.api.services.pubsub.Pubsub;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.store.BoundedHttp;
import org.sessionpro.backend.store.StoreAnswer;

/// The ways to Google, open until closed: one HTTP client and one account behind two interfaces
/// (`google-play.md` §11).
public final class GoogleClients implements AutoCloseable {
  private static final String APPLICATION = "session-pro";

  private final HttpClient http;
  private final ServiceAccount account;
  private final PlayApi play;
  private final PlayActs acts;
  private final PubSubApi pubSub;

  /// How long requests may take.
  ///
  /// @param connect until there is a connection
  /// @param request a whole request but a pull, to the last byte of the answer
  /// @param pull a pull, which waits for messages
  public record Limits(Duration connect, Duration request, Duration pull) {
    public static final Limits STANDARD =
        new Limits(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(2));
  }

  private GoogleClients(
      HttpClient http, ServiceAccount account, PlayApi play, PlayActs acts, PubSubApi pubSub) {
    this.http = http;
    this.account = account;
    this.play = play;
    this.acts = acts;
    this.pubSub = pubSub;
  }

  /// Makes ready to ask; nothing is asked yet.
  ///
  /// @param clock that waits are reckoned by
  /// @throws org.sessionpro.backend.config.ConfigurationError if the file of the service account cannot be used
  public static GoogleClients open(GoogleSettings settings, Limits limits, InstantSource clock) {
    HttpClient http = BoundedHttp.client(limits.connect());
    BoundedTransport brief = transport(http, limits.request());
    BoundedTransport patient = transport(http, limits.pull());
    ServiceAccount account = ServiceAccount.read(settings.credentials(), brief);
    GoogleCalls calls = new GoogleCalls(account, clock, limits.request());
    AndroidPublisher publisher =
        new AndroidPublisher.Builder(brief, GsonFactory.getDefaultInstance(), null)
            .setRootUrl(settings.endpoints().play().toString())
            .setApplicationName(APPLICATION)
            .build();
    return new GoogleClients(
        http,
        account,
        new GooglePlayApi(
            publisher, settings.packageName(), settings.catalogue().subscription(), calls),
        new GooglePlayActs(publisher, settings.packageName(), calls),
        new GooglePubSubApi(
            pubSub(brief, settings), pubSub(patient, settings), settings.queue(), calls));
  }

  private static BoundedTransport transport(HttpClient http, Duration limit) {
    return new BoundedTransport(new BoundedHttp(http, limit, BoundedTransport.MAX_BODY));
  }

  private static Pubsub pubSub(BoundedTransport transport, GoogleSettings settings) {
    return new Pubsub.Builder(transport, GsonFactory.getDefaultInstance(), null)
        .setRootUrl(settings.endpoints().pubSub().toString())
        .setApplicationName(APPLICATION)
        .build();
  }

  public PlayApi play() {
    return play;
  }

  public PlayActs acts() {
    return acts;
  }

  public PubSubApi pubSub() {
    return pubSub;
  }

  /// Whether Google lets the account in.
  public StoreAnswer<PlayApi.Done> signIn() {
    return account.token().map(_ -> new PlayApi.Done());
  }

  /// Ends every request, a waiting pull before all: what it may have taken is sent again.
  @Override
  public void close() {
    http.shutdownNow();
  }
}
