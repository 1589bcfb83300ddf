package org.sessionpro.backend.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The example file and the table of settings say what the program does.
class ConfigurationPagesTest {
  private static final Path EXAMPLE = Path.of("../deploy/config.example.ini");
  private static final Path TABLE = Path.of("../docs/configuration.md");
  private static final Pattern COMMENTED = Pattern.compile("# ([a-z0-9_]+) = (.*)");

  /// Stores are read only where they are switched on.
  private static final String STORES =
      """
      [base]
      with_provider_google_play = yes
      with_provider_app_store = yes
      [google]
      package_name = org.example.app
      cloud_project_id = project
      cloud_subscription_name = subscription
      subscription_product_id = session_pro
      cloud_app_credentials_path = /google.json
      [apple]
      bundle_id = org.example.app
      app_id = 1
      """;

  @TempDir private Path folder;

  @Test
  void theExampleAsItIsChangesNothing() throws IOException {
    assertThat(IniFile.of(folder, Files.readString(EXAMPLE)).settings())
        .isEqualTo(SettingsReader.read(List.of()));
  }

  @Test
  void theExampleWithoutItsCommentsChangesNothing() throws IOException {
    String bare =
        Files.readAllLines(EXAMPLE).stream()
            .filter(line -> !line.startsWith("#"))
            .collect(Collectors.joining("\n"));

    assertThat(IniFile.of(folder, bare).settings()).isEqualTo(SettingsReader.read(List.of()));
  }

  @Test
  void theExampleHasEverySettingOnceAndNoOther() throws IOException {
    assertThat(inExample().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    inFiles().filter(it -> !it.isFormer()).map(Setting::inFile),
                    Stream.of(
                        "[session_webhook.0] enabled",
                        "[session_webhook.0] url",
                        "[session_webhook.0] name"))
                .toList());
  }

  @Test
  void theExampleHasEveryDefault() throws IOException {
    Map<String, String> example = inExample();

    assertThat(inFiles().filter(it -> !it.isFormer() && !it.unset().isEmpty()))
        .isNotEmpty()
        .allSatisfy(setting ->
            assertThat(example.get(setting.inFile()))
                .as(setting.inFile())
                .isEqualTo(unsetInFile(setting)));
  }

  @Test
  void everyExampleIsAccepted() throws IOException {
    List<String> uncommented = new ArrayList<>();
    for (String line : Files.readAllLines(EXAMPLE)) {
      Matcher setting = COMMENTED.matcher(line);
      boolean isOwnSection = line.equals("# [session_webhook.0]");
      boolean clashes = setting.matches() && setting.group(1).equals("environment");
      uncommented.add(isOwnSection || (setting.matches() && !clashes) ? line.substring(2) : line);
    }
    String text =
        String.join("\n", uncommented)
            .replace("with_provider_google_play = no", "with_provider_google_play = yes")
            .replace("with_provider_app_store = no", "with_provider_app_store = yes")
            .replaceAll("(?m)^(dev_clock|dev_job_lease) .*\n", "");

    Settings settings = IniFile.of(folder, text).settings();

    assertThat(settings.jobs().stores().google()).isNotNull();
    assertThat(settings.jobs().stores().apple()).isNotNull();
    assertThat(settings.log().webhooks()).hasSize(1);
  }

  static Stream<Setting> withDefault() {
    return inFiles().filter(it -> !it.isFormer() && !it.unset().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("withDefault")
  void aDefaultThatIsSetChangesNothing(Setting setting) {
    boolean isSwitch = setting == Setting.GOOGLE || setting == Setting.APPLE;
    String dev = setting.isForDevelopment() ? "dev = yes\n" : "";
    String text = (isSwitch ? "[base]\n" : STORES).replaceFirst("\n", "\n" + dev);
    String line = setting.key() + " = " + unsetInFile(setting) + "\n";
    String section = "[" + setting.section() + "]\n";
    String more =
        text.contains(section) ? text.replace(section, section + line) : text + section + line;

    assertThat(IniFile.of(folder, more.replace(dev + dev, dev)).settings())
        .isEqualTo(IniFile.of(folder, text).settings());
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void theTableHasEachSettingWithItsNames(Setting setting) throws IOException {
    boolean inFile = !setting.section().isEmpty();
    String expected =
        Stream.of(
                inFile ? "[" + setting.section() + "]" : "",
                inFile ? setting.key() : "",
                setting.variable(),
                setting.flag(),
                inFile ? unsetInFile(setting) : setting.unset())
            .map(it -> it.isEmpty() ? "" : "`" + it + "`")
            .collect(Collectors.joining(" | ", "| ", " | "));

    assertThat(Files.readAllLines(TABLE).stream().filter(line -> line.startsWith(expected)))
        .hasSize(1);
  }

  @Test
  void theTableHasNoOtherVariable() throws IOException {
    assertThat(
            Pattern.compile("\\| `(SESH_PRO_BACKEND_[A-Z0-9_]+)` \\|")
                .matcher(Files.readString(TABLE))
                .results()
                .map(found -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Setting.values())
                .map(Setting::variable)
                .filter(it -> !it.isEmpty())
                .toList());
  }

  private static Stream<Setting> inFiles() {
    return Arrays.stream(Setting.values()).filter(it -> !it.section().isEmpty());
  }

  private static String unsetInFile(Setting setting) {
    if (!setting.isBoolean()) {
      return setting.unset();
    }
    return setting.unset().equals("1") ? "yes" : "no";
  }

  private static Map<String, String> inExample() throws IOException {
    Map<String, String> settings = new HashMap<>();
    String section = "";
    for (String line : Files.readAllLines(EXAMPLE)) {
      Matcher setting = COMMENTED.matcher(line);
      if (line.matches("(# )?\\[[a-z_.0-9]+\\]")) {
        section = line.replace("# ", "");
      } else if (setting.matches()) {
        assertThat(settings.put(section + " " + setting.group(1), setting.group(2)))
            .as(line)
            .isNull();
      }
    }
    return settings;
  }
}
