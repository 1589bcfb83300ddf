package org.sessionpro.backend.store.google;

import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.HttpTransport;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionpro.backend.config.ConfigurationError;
import org.sessionpro.backend.config.Setting;
import org.sessionpro.backend.config.StoreServer;
import org.sessionpro.backend.store.StoreAnswer;
import org.sessionpro.backend.store.StoreAnswer.Answer;
import org.sessionpro.backend.store.StoreAnswer.Trouble;
import org.sessionpro.backend.store.StoreAnswer.TryLater;
import org.sessionpro.backend.store.StoreAnswer.Unauthorized;

/// The account that this server is known by to Google, and its access tokens: one for both
/// interfaces, renewed before it ends, by one request at a time (`google-play.md` §8).
final class ServiceAccount {
  private static final List<String> SCOPES =
      List.of(
          "https://www.googleapis.com/auth/androidpublisher",
          "https://www.googleapis.com/auth/pubsub");
  private static final Duration RENEWED_BEFORE_ITS_END = Duration.ofMinutes(5);
  private static final int MAX_FILE = 65_536;

  private final OAuth2Credentials credentials;

  private ServiceAccount(OAuth2Credentials credentials) {
    this.credentials = credentials;
  }

  /// Reads the file that the Cloud Console hands out.
  ///
  /// @throws ConfigurationError if it cannot be read, is none, or names a server that tokens must not
  ///     be asked of
  static ServiceAccount read(Path file, HttpTransport transport) {
    try {
      if (Files.size(file) > MAX_FILE) {
        throw refused("is no service account: it is too long");
      }
      ServiceAccountCredentials account =
          ServiceAccountCredentials.fromStream(
              new ByteArrayInputStream(Files.readAllBytes(file)), () -> transport);
      requireSafe(account.getTokenServerUri());
      ServiceAccountCredentials.Builder builder = account.toBuilder();
      builder.setScopes(SCOPES).setDefaultRetriesEnabled(false);
      builder.setRefreshMargin(RENEWED_BEFORE_ITS_END);
      builder.setExpirationMargin(RENEWED_BEFORE_ITS_END.dividedBy(2));
      return new ServiceAccount(builder.build());
    } catch (IOException | RuntimeException broken) {
      if (broken instanceof ConfigurationError refused) {
        throw refused;
      }
      // What Google's library says may quote the file.
      throw refused(
          Files.isReadable(file)
              ? "is no JSON file of a service account with its private key"
              : "cannot be read");
    }
  }

  private static ConfigurationError refused(String why) {
    return ConfigurationError.of(
        Setting.GOOGLE_CLOUD_APP_CREDENTIALS_PATH,
        "must be the file of a service account: it " + why);
  }

  private static void requireSafe(URI tokenServer) {
    if (!StoreServer.isSafe(tokenServer)) {
      throw refused("must name a token_uri that is HTTPS, or on this machine");
    }
  }

  /// A token to identify with.
  StoreAnswer<String> token() {
    return attempt(() -> {
      credentials.getRequestMetadata();
      return credentials.getAccessToken();
    });
  }

  /// A token that is not the one that has just been refused.
  StoreAnswer<String> freshToken(String refused) {
    return attempt(() -> {
      AccessToken present = credentials.getAccessToken();
      if (present == null || present.getTokenValue().equals(refused)) {
        credentials.refresh();
      }
      return credentials.getAccessToken();
    });
  }

  @FunctionalInterface
  private interface Source {
    @Nullable AccessToken get() throws IOException;
  }

  private static StoreAnswer<String> attempt(Source source) {
    try {
      AccessToken token = source.get();
      return token == null
          ? new TryLater<>(Trouble.UNREADABLE)
          : new Answer<>(token.getTokenValue());
    } catch (IOException failed) {
      return outcome(failed);
    }
  }

  /// Refused tokens are a matter of the credentials, everything else is one of the network.
  private static StoreAnswer<String> outcome(IOException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException refusal) {
        int status = refusal.getStatusCode();
        return status >= 400 && status < 500 && status != 429 && status != 408
            ? new Unauthorized<>()
            : new TryLater<>(Trouble.UNAVAILABLE);
      }
      if (cause instanceof HttpTimeoutException) {
        return new TryLater<>(Trouble.TIMEOUT);
      }
    }
    return new TryLater<>(Trouble.CONNECTION);
  }
}
