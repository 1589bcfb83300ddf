package org.sessionpro.backend.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.backend.config.DatabaseUrl.Postgres;
import org.sessionpro.backend.config.DatabaseUrl.Sqlite;

class DatabaseUrlTest {

  @Test
  void threeSlashesNameARelativeFile() {
    assertThat(DatabaseUrl.parse("sqlite:///some/pro.db"))
        .isEqualTo(new Sqlite(Path.of("some/pro.db")));
  }

  @Test
  void fourSlashesNameAnAbsoluteFile() {
    assertThat(DatabaseUrl.parse("sqlite:////var/lib/pro.db"))
        .isEqualTo(new Sqlite(Path.of("/var/lib/pro.db")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite:///some/pro.db", "sqlite:////var/lib/pro.db"})
  void aSqliteUrlPrintsAsItIsWritten(String url) {
    assertThat(DatabaseUrl.parse(url)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        ":memory:",
        "file::memory:?cache=shared",
        "sqlite:///file:x?mode=memory"
      })
  void aDatabaseInMemoryIsRefusedWithItsReason(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.parse(url))
        .withMessageContaining("memory would lose every payment");
  }

  @Test
  void aNameWithAQuestionMarkIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrlParser.parsePath("a?b.db"))
        .withMessage("must name a file that this system can have, without a ?");
  }

  @Test
  void everyPartOfAPostgresUrlIsRead() {
    assertThat(DatabaseUrl.parse("postgresql://pro:s3cret@db.example:6432/ledger"))
        .isEqualTo(new Postgres("db.example", 6432, "ledger", "pro", "s3cret", Map.of()));
  }

  @Test
  void aPostgresUrlMayLeaveOutPortAndCredentials() {
    assertThat(DatabaseUrl.parse("postgres://localhost/ledger"))
        .isEqualTo(new Postgres("localhost", 5432, "ledger", null, null, Map.of()));
  }

  @Test
  void credentialsArePercentDecoded() {
    assertThat(DatabaseUrl.parse("postgresql://a%40b:p%2Fw%25+1@host/ledger"))
        .isEqualTo(new Postgres("host", 5432, "ledger", "a@b", "p/w%+1", Map.of()));
  }

  @Test
  void aPasswordMayHoldColons() {
    assertThat(DatabaseUrl.parse("postgresql://pro:a:b@host/ledger"))
        .isEqualTo(new Postgres("host", 5432, "ledger", "pro", "a:b", Map.of()));
  }

  @Test
  void anIpv6HostStandsInBrackets() {
    assertThat(DatabaseUrl.parse("postgresql://[::1]:5433/ledger"))
        .isEqualTo(new Postgres("0:0:0:0:0:0:0:1", 5433, "ledger", null, null, Map.of()));
  }

  @Test
  void optionsGetTheNamesOfTheDriver() {
    assertThat(DatabaseUrl.parse("postgresql://h/d?sslmode=verify-full&application_name=pro%201"))
        .isEqualTo(
            new Postgres(
                "h",
                5432,
                "d",
                null,
                null,
                Map.of("sslmode", "verify-full", "ApplicationName", "pro 1")));
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql:///d, /var/run/postgresql, 5432",
    "postgresql://:6432/d, /var/run/postgresql, 6432",
    "postgresql:///d?host=/run/pg&port=6432, /run/pg, 6432",
    "postgresql://%2Frun%2Fpg/d, /run/pg, 5432",
  })
  void aServerOnThisMachineIsNamedByTheFolderOfItsSocket(String url, String folder, int port) {
    assertThat(DatabaseUrl.parse(url))
        .isEqualTo(new Postgres(folder, port, "d", null, null, Map.of()));
  }

  /// As PostgreSQL's own tools read it (`operator-v1.md` §1.1).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "host=db.example port=6432 dbname=ledger user=pro password=s3'cret sslmode=require",
        "  dbname = ledger host = 'db.example'\tuser='pro' password='s3\\'cret' port= 6432"
            + " sslmode=require ",
        "sslmode=require password=s3\\'cret host=db.example port=6432 user=pro dbname=ledger",
      })
  void thePartsMayBeWords(String words) {
    assertThat(DatabaseUrl.parse(words))
        .isEqualTo(
            new Postgres(
                "db.example", 6432, "ledger", "pro", "s3'cret", Map.of("sslmode", "require")));
  }

  @Test
  void aValueAmongWordsMayHoldAnything() {
    assertThat(DatabaseUrl.parse("host=/run/pg dbname='my ledger' password='a \\\\ b' user=''"))
        .isEqualTo(new Postgres("/run/pg", 5432, "my ledger", null, "a \\ b", Map.of()));
  }

  @Test
  void thePasswordAmongWordsIsNeverPrinted() {
    assertThat(DatabaseUrl.parse("dbname=d host=h user=me password=s3cret"))
        .hasToString("postgresql://***@h:5432/d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dbname=d password='s3cret",
        "dbname=d password='s3cret'x",
        "dbname=d s3cret",
        "dbname=d password=s3cret\\",
      })
  void malformedWordsAreRefusedWithoutQuotingThem(String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.parse(words))
        .withMessageStartingWith("must be words such as host=/run/postgresql dbname=pro")
        .withMessageNotContaining("s3cret");
  }

  @Test
  void everyPartMayBeAnOption() {
    assertThat(
            DatabaseUrl.parse(
                "postgresql://?host=db.example&port=6432&dbname=ledger&user=pro&password=s%263cret"))
        .isEqualTo(new Postgres("db.example", 6432, "ledger", "pro", "s&3cret", Map.of()));
  }

  @Test
  void aUserMayBeNamedBesideTheFolderOfASocket() {
    assertThat(DatabaseUrl.parse("postgresql:///pro?host=/var/run/postgresql&port=5433&user=pro"))
        .isEqualTo(new Postgres("/var/run/postgresql", 5433, "pro", "pro", null, Map.of()));
  }

  @Test
  void anEmptyOptionIsNone() {
    assertThat(DatabaseUrl.parse("postgresql://h/d?user=&password=&sslmode="))
        .isEqualTo(new Postgres("h", 5432, "d", null, null, Map.of()));
  }

  @Test
  void aPasswordAmongTheOptionsIsNeverPrinted() {
    assertThat(DatabaseUrl.parse("postgresql://db.example/ledger?user=someone&password=s3cret"))
        .hasToString("postgresql://***@db.example:5432/ledger");
  }

  @Test
  void theFolderOfASocketIsShownAsItMayBeWritten() {
    String text = "postgresql:///d?host=/run/pg&port=6432";

    assertThat(DatabaseUrl.parse(text)).hasToString(text);
    assertThat(DatabaseUrl.parse("postgresql://me:s3cret@/d"))
        .hasToString("postgresql://***@/d?host=/var/run/postgresql&port=5432");
  }

  @Test
  void aPropertyThatLoadsClassesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.parse("postgresql://h/d?socketFactory=evil.Factory"))
        .withMessageStartingWith("must have no options but application_name, connect_timeout");
  }

  @Test
  void credentialsAreNeverPrinted() {
    assertThat(DatabaseUrl.parse("postgresql://someone:s3cret@db.example:6432/ledger"))
        .hasToString("postgresql://***@db.example:6432/ledger");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://h:0/d, must have a port from 1 to 65535",
    "postgresql://h:65536/d, must have a port from 1 to 65535",
    "postgresql://h:99999999/d, 'must be postgresql://user:password@host:port/database, with %40 for"
        + " an @ in the password'",
    "postgresql:///d?port=x, must have a port from 1 to 65535",
    "postgresql://h/d?host=/run, 'must say once what its host is, in the URL itself or among its"
        + " options'",
    "postgresql://:1/d?port=1, 'must say once what its port is, in the URL itself or among its"
        + " options'",
    "postgresql://a@h/d?user=b, 'must say once what its user is, in the URL itself or among its"
        + " options'",
    "postgresql://a:b@h/d?password=c, 'must say once what its password is, in the URL itself or"
        + " among its options'",
    "postgresql://h/d?dbname=e, 'must say once what its dbname is, in the URL itself or among its"
        + " options'",
    "postgresql://h/d?user=a&user=a, must have each of its options once: user",
    "host=/run/postgresql user=pro, must name the database: dbname=…",
    "dbname=pro port=x, must have a port from 1 to 65535",
    "dbname=pro dbname=pro, must have each of its options once: dbname",
    "postgresql://[x]/d, must hold an IPv6 address between the brackets",
    "postgresql://u:%zz@h/d, 'must have two hex digits behind every %, which is written once here:"
        + " %40, not %%40'",
    "postgresql://u:p%%40x@h/d, 'must have two hex digits behind every %, which is written once"
        + " here: %40, not %%40'",
    "mysql://h/d, must begin with sqlite:/// or postgresql://",
    "pro.db, must begin with sqlite:/// or postgresql://",
  })
  void anythingElseIsRefusedByItsRule(String url, String rule) {
    assertThatIllegalArgumentException().isThrownBy(() -> DatabaseUrl.parse(url)).withMessage(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:s3cret@h",
        "postgresql://u:s3cret@h/",
        "postgresql://u:s3cret@x@h/d",
        "postgresql://u:s3cret@h:port/d",
        "postgresql://h/?password=s3cret",
        "postgresql://u:s3cret@h/d#f",
        "postgresql:u:s3cret"
      })
  void aMalformedPostgresUrlIsRefusedWithoutQuotingIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.parse(url))
        .withMessageStartingWith("must be postgresql://user:password@host:port/database")
        .withMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sqlite:pro.db", "sqlite:/pro.db", "sqlite://host/pro.db", "sqlite:///a?b=c"})
  void otherSqliteFormsAreRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.parse(url))
        .withMessage(
            "must be sqlite:///relative/file or sqlite:////absolute/file, without options");
  }
}
