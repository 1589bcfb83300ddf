package org.sessionpro.protocol.v0.clients;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sessionpro.protocol.v0.JsonEdit;
import org.sessionpro.protocol.v0.SampleAnswers;
import org.sessionpro.protocol.v0.V0Answer;

/// One parser of one client, with an answer for it.
enum Parser {
  DESKTOP_PROOF(DesktopClient::acceptProof, SampleAnswers::proof),
  DESKTOP_LIST(DesktopClient::acceptRevocations, SampleAnswers::revocations),
  DESKTOP_DETAILS(DesktopClient::acceptDetails, SampleAnswers::details),
  IOS_ADD(IosClient::acceptAdd, SampleAnswers::proof),
  IOS_PROOF(IosClient::acceptProof, SampleAnswers::proof),
  IOS_LIST(IosClient::acceptRevocations, SampleAnswers::revocations),
  IOS_DETAILS(IosClient::acceptDetails, SampleAnswers::details),
  IOS_REFUND(IosClient::acceptRefund, SampleAnswers::refund),
  ANDROID_ADD(AndroidClient::acceptAdd, SampleAnswers::proof),
  ANDROID_PROOF(AndroidClient::acceptProof, SampleAnswers::proof),
  ANDROID_LIST(AndroidClient::acceptRevocations, SampleAnswers::revocations),
  ANDROID_DETAILS(AndroidClient::acceptDetails, SampleAnswers::details),
  LIBSESSION_ADD(LibsessionClient::acceptAdd, SampleAnswers::proof),
  LIBSESSION_PROOF(LibsessionClient::acceptProof, SampleAnswers::proof),
  LIBSESSION_LIST(LibsessionClient::acceptRevocations, SampleAnswers::revocations),
  LIBSESSION_DETAILS(LibsessionClient::acceptDetails, SampleAnswers::details),
  LIBSESSION_REFUND(LibsessionClient::acceptRefund, SampleAnswers::refund),
  ALL_ADD(ReleasedClients::acceptAdd, SampleAnswers::proof),
  ALL_PROOF(ReleasedClients::acceptProof, SampleAnswers::proof),
  ALL_LIST(ReleasedClients::acceptRevocations, SampleAnswers::revocations),
  ALL_DETAILS(ReleasedClients::acceptDetails, SampleAnswers::details),
  ALL_REFUND(ReleasedClients::acceptRefund, SampleAnswers::refund);

  @SuppressWarnings("ImmutableEnumChecker") // method references of static methods hold no state
  private final Consumer<byte[]> check;

  @SuppressWarnings("ImmutableEnumChecker") // as above
  private final Supplier<V0Answer<?>> sample;

  Parser(Consumer<byte[]> check, Supplier<V0Answer<?>> sample) {
    this.check = check;
    this.sample = sample;
  }

  void accept(byte[] answer) {
    check.accept(answer);
  }

  byte[] sample() {
    return sample.get().toJson();
  }

  byte[] edited(String pointer, String value) {
    return value.equals("absent")
        ? JsonEdit.without(sample(), pointer)
        : JsonEdit.with(sample(), pointer, value);
  }
}
