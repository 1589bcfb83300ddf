package org.sessionpro.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionpro.protocol.ByteString;

/// The spellings of `ephemeral_key` (`onion-requests.md` §3).
class EphemeralKeyTest {
  private static final ByteString KEY =
      ByteString.fromHex("bc7612942659e8ece389dffaf9fc6bac63167842fed53ad9d645268ae39aa406");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bc7612942659e8ece389dffaf9fc6bac63167842fed53ad9d645268ae39aa406",
        "BC7612942659E8ECE389DFFAF9FC6BAC63167842FED53AD9D645268AE39AA406",
        "bC7612942659E8ECE389DFFAF9FC6BAC63167842FED53AD9D645268AE39AA406",
        "vHYSlCZZ6Ozjid/6+fxrrGMWeEL+1TrZ1kUmiuOapAY",
        "vHYSlCZZ6Ozjid/6+fxrrGMWeEL+1TrZ1kUmiuOapAY=",
        "zt5bffbgm8wq3ahj597xu9dmitttc6nn95kuisqsewueiah4wody"
      })
  void spellingIsRead(String text) {
    assertThat(EphemeralKey.parse(text)).contains(KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bc7612942659e8ece389dffaf9fc6bac63167842fed53ad9d645268ae39aa40",
        "bc7612942659e8ece389dffaf9fc6bac63167842fed53ad9d645268ae39aa40g",
        "bc7612942659e8ece389dffaf9fc6bac63167842fed53ad9d645268ae39aa40６",
        "0xbc7612942659e8ece389dffaf9fc6bac63167842fed53ad9d645268ae39aa4",
        "bc7612942659e8ece389dffaf9fc6bac63167842fed53ad9d645268ae39aa4 6",
        // URL-safe alphabet, blank, surplus bits, double and misplaced padding.
        "vHYSlCZZ6Ozjid_6-fxrrGMWeEL-1TrZ1kUmiuOapAY",
        "vHYSlCZZ6Ozjid/6+fxrrGMWeEL+1TrZ1kUmiuOapA ",
        "vHYSlCZZ6Ozjid/6+fxrrGMWeEL+1TrZ1kUmiuOapAZ",
        "vHYSlCZZ6Ozjid/6+fxrrGMWeEL+1TrZ1kUmiuOapA==",
        "vHYSlCZZ6Ozjid/6+fxrrGMWeEL+1TrZ1kUmiuOapA=",
        "vHYSlCZZ6Ozjid/6+fxrrGMWeEL+1TrZ1kUmiuOapAYA",
        // Foreign characters, upper case, surplus bits.
        "zt5bffbgm8wq3ahj597xu9dmitttc6nn95kuisqsewueiah4wodl",
        "ZT5BFFBGM8WQ3AHJ597XU9DMITTTC6NN95KUISQSEWUEIAH4WODY",
        "zt5bffbgm8wq3ahj597xu9dmitttc6nn95kuisqsewueiah4wodb"
      })
  void anythingElseIsNoKey(String text) {
    assertThat(EphemeralKey.parse(text)).isEmpty();
  }
}
