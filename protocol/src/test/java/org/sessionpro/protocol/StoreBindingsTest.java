package org.sessionpro.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StoreBindingsTest {
  private static final MasterKey KEY =
      MasterKey.fromHex("8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c");

  @Test
  void v1ClientsGiveGoogleTheKeyItself() {
    assertThat(StoreBindings.of(KEY).googleKey().hex()).isEqualTo(KEY.hex());
  }

  @Test
  void v0ClientsGiveGoogleItsHash() {
    // SHA-256 of 32 zero bytes, a published constant.
    MasterKey zero = MasterKey.fromHex("00".repeat(32));
    assertThat(StoreBindings.of(zero).googleKeyHash().hex())
        .isEqualTo("66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
  }

  @Test
  void appleKnowsAUuidMadeFromTheKey() {
    assertThat(StoreBindings.of(KEY).appleToken())
        .hasToString("8a88e3dd-7409-4195-bd52-db2d3cba5d72");
  }

  @Property
  void everyAppleTokenIsARandomUuidInForm(@ForAll @Size(32) byte[] key) {
    StoreBindings bindings = StoreBindings.of(new MasterKey(ByteString.of(key)));
    assertThat(bindings.appleToken().version()).isEqualTo(4);
    assertThat(bindings.appleToken().variant()).isEqualTo(2);
  }

  @Property
  void appleTokenKeepsAllOther122Bits(@ForAll @Size(32) byte[] key) {
    String expected = ByteString.of(key, 0, 16).hex();
    String token =
        StoreBindings.of(new MasterKey(ByteString.of(key)))
            .appleToken()
            .toString()
            .replace("-", "");
    assertThat(token.substring(0, 12)).isEqualTo(expected.substring(0, 12));
    assertThat(token.substring(13, 16)).isEqualTo(expected.substring(13, 16));
    assertThat(Character.digit(token.charAt(16), 16) & 3)
        .isEqualTo(Character.digit(expected.charAt(16), 16) & 3);
    assertThat(token.substring(17)).isEqualTo(expected.substring(17));
  }

  @Test
  void theirTextRevealsNothing() {
    assertThat(StoreBindings.of(KEY)).hasToString("StoreBindings(hidden)");
  }
}
