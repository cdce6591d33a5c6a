// SPDX-License-Identifier: Apache-2.0
// Deposits one bill, waits for the receipt, and reads the inbox.
#include <cstdio>

#include "adapters/client.h"
#include "broker/net/keys.h"

using namespace ecluse;

int main(int argc, char** argv) {
  if (argc != 5) return std::fprintf(stderr, "endpoint broker.pub practice.key finess\n"), 2;
  const auto broker_key = ReadPublicKey(argv[2]);
  const auto own = ReadKeyPair(argv[3]);
  if (!broker_key.ok() || !own.ok()) return std::fprintf(stderr, "can't read the keys\n"), 2;

  auto client = Client::Connect({argv[1], *broker_key, own->public_key, own->secret_key});
  if (!client.ok()) return 2;
  const auto receipt = (*client)->Deposit({{{"example"}, {"billing"}},  // operator and service
                                           argv[4],                     // FINESS number
                                           "bill-2024-0001",            // our own reference
                                           Kind::kBill,
                                           "application/octet-stream",
                                           "the bill"},
                                          absl::Seconds(30));
  // No receipt: deposit again, as often as it takes; it is accepted once.
  // A refusal says what is wrong, all of it at once.
  if (!receipt.ok()) return std::fprintf(stderr, "%s\n", receipt.status().ToString().c_str()), 1;
  std::printf("receipt %llu\n", static_cast<unsigned long long>(receipt->number.value));

  const auto inbox = (*client)->WaitInbox(10, absl::Minutes(1));
  if (!inbox.ok()) return 0;  // no answer yet: it comes when the operator has answered
  for (const auto& entry : inbox->entries) std::printf("answer: %s\n", entry.body.c_str());
  return (*client)->Acknowledge(inbox->entries.back().position, absl::Seconds(30)).ok() ? 0 : 1;
}
