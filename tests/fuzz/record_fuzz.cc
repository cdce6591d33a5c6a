// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "store/records.h"
#include "tests/fuzz/check.h"

// The records of the store. The first byte chooses one; what follows is its body, which is framed
// here, because no fuzzer guesses a checksum; odd choices leave it bare.
namespace {

using namespace ecluse;
namespace record = store::record;

template <class Value, class... Sealed>
void Check(std::string_view bytes) {
  Value value{};
  const auto read = [](std::string_view from, Value& into, Sealed&... sealed) {
    return record::Decode(from, into, sealed...);
  };
  const auto one = [&](Sealed... sealed) {
    const absl::Status status = read(bytes, value, sealed...);
    if (!status.ok()) return fuzz::MustNotTell(status);
    std::string first;
    record::Encode(value, sealed..., first);
    // As read from a store: what the key says is not part of the value, so bytes are compared.
    Value again{};
    fuzz::Must(read(first, again, sealed...).ok(), "a record that was written can be read");
    std::string second;
    record::Encode(again, sealed..., second);
    fuzz::Must(first == second, "a record says the same when written and read again");
  };
  one(Sealed{}...);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  fuzz::Choices choices(bytes, size);
  const uint8_t choice = choices.Byte();
  std::string value(choices.rest());
  if (choice % 2 == 0) {
    record::BeginFrame(value);
    value.append(choices.rest());
    record::EndFrame(value);
  }
  switch (choice / 2) {
    case 0:
      return Check<Envelope, std::string>(value), 0;
    case 1:
      return Check<State>(value), 0;
    case 2:
      return Check<JournalEntry, std::string>(value), 0;
    case 3:
      return Check<wire::InboxEntry, record::SealedAnswer>(value), 0;
    case 4:
      return Check<GateState, record::SealedGate>(value), 0;
    case 5:
      return Check<Hold, std::string>(value), 0;
    case 6:
      return Check<Job, std::string>(value), 0;
    case 7:
      return Check<store::Account>(value), 0;
    case 8:
      return Check<store::Payee>(value), 0;
    case 9:
      return Check<store::InboxMark>(value), 0;
    case 10:
      return Check<record::Numbers>(value), 0;
    case 11:
      return Check<record::WrappedKey>(value), 0;
    case 12:
      return Check<record::Head>(value), 0;
    case 13:
      return Check<uint64_t>(value), 0;
    default:
      return 0;
  }
}
