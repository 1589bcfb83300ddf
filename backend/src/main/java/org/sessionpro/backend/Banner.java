package org.sessionpro.backend;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sessionpro.backend.config.AppleSettings;
import org.sessionpro.backend.config.Configuration;
import org.sessionpro.backend.config.GoogleSettings;
import org.sessionpro.backend.config.LogSettings;
import org.sessionpro.backend.config.OpsSettings;
import org.sessionpro.backend.config.ProductVersion;
import org.sessionpro.backend.config.SessionWebhook;
import org.sessionpro.backend.config.SettingSource;
import org.sessionpro.backend.config.Settings;
import org.sessionpro.backend.config.StoreSettings;
import org.sessionpro.backend.http.HttpLimits;
import org.sessionpro.backend.proof.ServerKey;
import org.sessionpro.protocol.crypto.Crypto;
import org.slf4j.Logger;

/// What a server says of itself when it has started: what it is, what it works with, and what its
/// operator should know (`operator-v1.md` §3). Holds no secret.
///
/// @param lines in the order in which they are said
record Banner(List<Line> lines) {
  /// @param isWarning whether the operator should do something about it, unless it is meant
  record Line(String text, boolean isWarning) {}

  Banner {
    lines = List.copyOf(lines);
  }

  static Banner of(Configuration configuration, Crypto crypto, ServerKey key) {
    Writer writer = new Writer();
    Settings settings = configuration.settings();
    writer.note("Session Pro backend " + ProductVersion.current());
    writer.note(
        configuration.file().map(it -> "configuration " + it).orElse("no configuration file"));
    configuration.warnings().stream().map(SettingSource.Warning::text).forEach(writer::warning);
    writer.note("ledger " + settings.storage().database());
    writer.log(settings.log());
    for (Crypto.Choice choice : crypto.choices()) {
      writer.note(choice.algorithm() + " by " + choice.library());
      choice.passedOver().forEach(reason -> writer.warning(choice.algorithm() + ": " + reason));
    }
    writer.note("signing key " + key.publicKey().hex());
    writer.note("onion key " + key.onion().publicKey().hex());
    writer.stores(settings.jobs().stores());
    writer.development(settings);
    writer.surroundings(settings);
    return new Banner(writer.lines);
  }

  void tell(Logger log) {
    for (Line line : lines) {
      if (line.isWarning()) {
        log.warn("{}", line.text());
      } else {
        log.info("{}", line.text());
      }
    }
  }

  /// All of it as one text, for webhooks (`operator-v0.md` §2).
  String text() {
    return lines.stream()
        .map(line -> line.isWarning() ? "WARNING " + line.text() : line.text())
        .collect(Collectors.joining("\n", "Starting up instance:\n", ""));
  }

  private static final class Writer {
    private final List<Line> lines = new ArrayList<>();

    void note(String text) {
      lines.add(new Line(text, false));
    }

    void warning(String text) {
      lines.add(new Line(text, true));
    }

    void log(LogSettings log) {
      note(log.file() == null ? "no log file" : "log file " + log.file());
      if (log.unsafe()) {
        warning(
            "unsafe logging: keys and ids are logged as they are; never where there are real users");
      }
      String webhooks =
          log.webhooks().stream()
              .filter(SessionWebhook::enabled)
              .map(SessionWebhook::name)
              .collect(Collectors.joining(", "));
      note(webhooks.isEmpty() ? "no session webhooks" : "session webhooks " + webhooks);
    }

    void stores(StoreSettings stores) {
      GoogleSettings google = stores.google();
      if (google == null) {
        note("Google Play is switched off");
      } else {
        google(google);
      }
      AppleSettings apple = stores.apple();
      if (apple == null) {
        note("the App Store is switched off");
      } else {
        apple(apple);
      }
      if (stores.dryRun()) {
        warning("dry run: no store is asked or told anything; what one sends by itself counts");
      }
    }

    private void google(GoogleSettings google) {
      note(
          "Google Play: app "
              + google.packageName().value()
              + ", notifications from "
              + google.queue().name()
              + ", base plans "
              + google.catalogue().basePlans().size()
              + ", one-time products "
              + google.catalogue().oneTime().size());
      if (!google.endpoints().equals(GoogleSettings.Endpoints.GOOGLE)) {
        URI play = google.endpoints().play();
        URI pubSub = google.endpoints().pubSub();
        warning(
            "Google Play is asked at " + play + " and " + pubSub + ", which are not Google's own");
      }
      if (google.catalogue().acceptsTestPurchases()) {
        warning("purchases of licence testers count");
      }
    }

    private void apple(AppleSettings apple) {
      note(
          "App Store: app "
              + apple.app().bundle().value()
              + ", "
              + apple.app().environment().text()
              + ", subscriptions "
              + apple.catalogue().subscriptions().size()
              + ", one-time products "
              + apple.catalogue().oneTime().size());
      if (apple.key() == null) {
        warning(
            "the App Store is never asked, for there is no key for that: what it does not send is"
                + " not found");
      }
      if (!apple.api().equals(apple.app().environment().api())) {
        warning("the App Store is asked at " + apple.api() + ", which is not Apple's own");
      }
      if (apple.trust().customRoots()) {
        warning("what the App Store sends may rest on certificates that are not Apple's");
      }
    }

    void development(Settings settings) {
      if (settings.dev()) {
        warning("development mode: the signing key is public, anybody can forge proofs");
      }
      if (settings.development().clock() != null) {
        warning("the clock is moved by " + settings.development().clock());
      }
      if (settings.development().endpoints() && !settings.dev()) {
        warning("anybody who reaches /dev/add_payment makes payments, and proofs with them");
      }
    }

    void surroundings(Settings settings) {
      OpsSettings ops = settings.http().ops();
      if (ops != null && !ops.bind().isLoopbackAddress()) {
        warning("operations are open to whoever reaches " + ops.bind().getHostAddress());
      }
      long files = OpenFiles.limit();
      int connections = HttpLimits.DEFAULT.withinDescriptors(files).connections();
      if (connections < HttpLimits.DEFAULT.connections()) {
        warning(
            "only "
                + connections
                + " connections at a time, for the limit of open files is "
                + files
                + " (see ulimit -n)");
      }
    }
  }
}
