package org.sessionpro.backend.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {
  private static final String WHOLE =
      """
      [base]
      [session_webhook.0]
      enabled = yes
      url = https://hooks.example.org/services/T0/B0
      name = Session Pro
      """;

  @TempDir private Path folder;

  @Test
  void webhooksAreReadInTheOrderOfTheirNumbers() {
    assertThat(
            webhooks(
                """
                [session_webhook.1]
                enabled = no
                url = http://127.0.0.1:8065/hooks/x
                name = #alerts; "quietly" 'cause
                """
                    + WHOLE))
        .containsExactly(
            new SessionWebhook(
                "Session Pro", URI.create("https://hooks.example.org/services/T0/B0"), true),
            new SessionWebhook(
                "#alerts; \"quietly\" 'cause", URI.create("http://127.0.0.1:8065/hooks/x"), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"enabled", "url", "name"})
  void eachMemberIsRequired(String member) {
    assertThat(problems(WHOLE.replaceAll("(?m)^" + member + ".*\n", "")))
        .containsExactly(
            "[session_webhook.0] "
                + member
                + " (pro.ini:2) must be set: a webhook has enabled, url and name");
  }

  @Test
  void oneThatIsSwitchedOffNeedsNeitherUrlNorName() {
    String off =
        WHOLE
            .replaceAll("(?m)^enabled.*$", "enabled = no")
            .replaceAll("(?m)^(url|name).*$", "$1 =");

    assertThat(webhooks(off)).extracting(SessionWebhook::enabled).containsExactly(false);
  }

  @Test
  void oneThatIsSwitchedOnNeedsBoth() {
    assertThat(problems(WHOLE.replaceAll("(?m)^(url|name).*$", "$1 =")))
        .containsExactly(
            "[session_webhook.0] name (pro.ini:5) must have from 1 to 100 characters",
            "[session_webhook.0] url (pro.ini:4) must be an HTTPS URL, or an HTTP one");
  }

  @Test
  void noOtherMemberIsKnown() {
    assertThat(problems(WHOLE + "colour = red"))
        .containsExactly(
            "[session_webhook.0] colour (pro.ini:6) must not be set: a webhook has enabled, url and"
                + " name only");
  }

  @Test
  void whatStandsBehindAGapHasNoEffectAsEver() {
    String text = WHOLE + WHOLE.replace("[base]\n", "").replace(".0]", ".2]");

    assertThat(webhooks(text)).hasSize(1);
    assertThat(IniFile.of(folder, text).warnings())
        .containsExactly(
            "[session_webhook.2] (pro.ini:6) has no effect, for there is no [session_webhook.1]: the"
                + " numbers must have no gap");
  }

  @Test
  void aUrlThatIsNotEncryptedIsAWarning() {
    String text = WHOLE.replace("https:", "http:");

    assertThat(webhooks(text)).extracting(SessionWebhook::enabled).containsExactly(true);
    assertThat(IniFile.of(folder, text).warnings())
        .containsExactly(
            "[session_webhook.0] url (pro.ini:4) lets everybody on the way read what is posted: give"
                + " it an HTTPS URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"session_webhook", "session_webhook.", "session_webhook.00", "session_webhook.a"})
  void theSectionHasANumber(String section) {
    assertThat(problems("[base]\n[" + section + "]"))
        .containsExactly(
            "[" + section + "] (pro.ini:2) must have a number, as in [session_webhook.0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://hooks.example.org/x",
        "hooks.example.org/x",
        "https://",
        "https://user:password@hooks.example.org/x",
        "https://a b/",
        "https://hooks.example.org/x#y"
      })
  void anyOtherUrlIsRefused(String url) {
    assertThat(problems(WHOLE.replaceAll("(?m)^url.*$", "url = " + url)))
        .containsExactly(
            "[session_webhook.0] url (pro.ini:4) must be an HTTPS URL, or an HTTP one");
  }

  @Test
  void aNameHasAtMostAHundredCharacters() {
    String hundred = "\uD83D\uDE00".repeat(100);

    assertThat(webhooks(WHOLE.replace("Session Pro", hundred)))
        .extracting(SessionWebhook::name)
        .containsExactly(hundred);
    assertThat(problems(WHOLE.replace("Session Pro", hundred + "x")))
        .containsExactly("[session_webhook.0] name (pro.ini:5) must have from 1 to 100 characters");
    assertThat(problems(WHOLE.replace("Session Pro", "")))
        .containsExactly("[session_webhook.0] name (pro.ini:5) must have from 1 to 100 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maybe"})
  void enabledIsABoolean(String text) {
    assertThat(problems(WHOLE.replace("= yes", "= " + text)))
        .containsExactly("[session_webhook.0] enabled (pro.ini:3) must be yes or no");
  }

  @Test
  void theUrlIsNotShown() {
    assertThat(webhooks(WHOLE).toString()).contains("Session Pro").doesNotContain("example");
  }

  private List<SessionWebhook> webhooks(String text) {
    return IniFile.of(folder, text).settings().log().webhooks();
  }

  private List<String> problems(String text) {
    return IniFile.of(folder, text).problems();
  }
}
