package org.sessionpro.backend.store.google;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.androidpublisher.AndroidPublisher;
import com.google.api.services.pubsub.Pubsub;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.sessionpro.backend.config.GoogleSettings.PackageName;
import org.sessionpro.backend.config.GoogleSettings.ProductId;
import org.sessionpro.backend.config.GoogleSettings.Queue;
import org.sessionpro.simulator.google.api.PubSubApi;
import org.sessionpro.simulator.google.catalogue.SessionCatalogue;
import org.sessionpro.simulator.google.control.ConfigurationFiles;
import org.sessionpro.simulator.http.FrontDesk;
import org.sessionpro.simulator.http.FrontDesk.Handled;
import org.sessionpro.simulator.http.Request;

/// Our real way to Google, but for the sockets: it leads to a simulator in this process.
public final class GoogleWithoutSockets {
  /// Where a simulator says that it is as long as nobody serves it.
  private static final URI NOWHERE = URI.create("http://localhost");

  private static final String ROOT = NOWHERE + "/";

  private final PlayApi play;
  private final org.sessionpro.backend.store.google.PubSubApi pubSub;

  /// @param credentials of the simulator's account, as [#writeCredentials] has written them
  /// @param observer told of every request and what became of it
  public GoogleWithoutSockets(
      FrontDesk desk,
      Path credentials,
      InstantSource clock,
      BiConsumer<Request, Handled> observer) {
    DeskTransport transport = new DeskTransport(desk, observer);
    GoogleCalls calls =
        new GoogleCalls(ServiceAccount.read(credentials, transport), clock, Duration.ofSeconds(15));
    AndroidPublisher publisher =
        new AndroidPublisher.Builder(transport, GsonFactory.getDefaultInstance(), null)
            .setRootUrl(ROOT)
            .setApplicationName("test")
            .build();
    Pubsub queue =
        new Pubsub.Builder(transport, GsonFactory.getDefaultInstance(), null)
            .setRootUrl(ROOT)
            .setApplicationName("test")
            .build();
    this.play =
        new GooglePlayApi(
            publisher,
            new PackageName(SessionCatalogue.PACKAGE.value()),
            new ProductId(SessionCatalogue.SESSION_PRO.value()),
            calls);
    this.pubSub =
        new GooglePubSubApi(
            queue, queue, new Queue(PubSubApi.PROJECT, PubSubApi.SUBSCRIPTION), calls);
  }

  /// Writes the credentials of an account for simulators that nobody serves.
  ///
  /// @return the file
  public static Path writeCredentials(
      Path folder, org.sessionpro.simulator.google.api.ServiceAccount account) {
    ConfigurationFiles.write(folder, NOWHERE, account);
    return folder.resolve(ConfigurationFiles.CREDENTIALS);
  }

  public PlayApi play() {
    return play;
  }

  public org.sessionpro.backend.store.google.PubSubApi pubSub() {
    return pubSub;
  }
}
