// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/host.h"

#include <filesystem>
#include <utility>

#include "store/master_key.h"
#include "store/rocks_store.h"
#include "tests/soak/forgetful_store.h"
#include "tests/soak/measure.h"

namespace ecluse::soak {

Host::Host(const Options& options, const Catalogue& catalogue, std::string name)
    : options_(options),
      catalogue_(catalogue),
      folder_(options.folder + "/" + name),
      key_file_(options.folder + "/" + name + ".key") {
  std::filesystem::create_directories(options.folder);
}

Host::~Host() = default;

Host::Started Host::Start(absl::Time now) {
  Started took;
  if (!std::filesystem::exists(key_file_)) {
    if (const auto made = store::CreateMasterKey(key_file_); !made.ok()) GiveUp(made.ToString());
  }
  const double start = Seconds();
  auto store = store::OpenRocksStore(
      {.directory = folder_, .master_key_file = key_file_, .create_if_missing = true, .now = now});
  if (!store.ok()) GiveUp(store.status().ToString());
  store_ = std::make_unique<ForgetfulStore>(*std::move(store), options_.bug);
  const double opened = Seconds();
  const auto recovered = store_->Recover();
  if (!recovered.ok()) GiveUp(recovered.status().ToString());
  const double known = Seconds();
  ecluse::House house;
  house.offset = absl::Seconds(20);
  for (const auto& practice : catalogue_.practices()) house.practices.push_back(practice.id);
  broker_ = std::make_unique<Broker>(*store_, catalogue_.PoliciesOf(options_), Routes(), *recovered,
                                     now, std::move(house));
  took.open = opened - start;
  took.recover = known - opened;
  took.begin = Seconds() - known;
  return took;
}

void Host::Stop() {
  broker_.reset();
  store_.reset();
  arrived_.clear();
}

void Host::Hear(std::string peer, const Identity& who, uint64_t correlation, wire::CallBody body) {
  arrived_.push_back({std::move(peer), who, {correlation, std::move(body)}});
}

std::vector<Outbound> Host::Turn(absl::Time now) {
  last_ = Cost();
  last_.turns = 1;
  last_.calls = arrived_.size();
  const double start = CpuSeconds();
  Step step;
  broker_->Tick(Vitals(), now, step);
  const double ticked = CpuSeconds();
  for (const Inbound& inbound : arrived_) broker_->Handle(inbound, now, step);
  arrived_.clear();
  const double handled = CpuSeconds();
  broker_->Finish(now, step);
  const double finished = CpuSeconds();
  const double began = Seconds();
  auto committed = store_->Commit(step.batch);
  if (!committed.ok()) GiveUp(committed.status().ToString());
  last_.commit = Seconds() - began;
  last_.tick = ticked - start;
  last_.handle = handled - ticked;
  last_.finish = finished - handled;
  cost_.tick += last_.tick;
  cost_.handle += last_.handle;
  cost_.finish += last_.finish;
  cost_.commit += last_.commit;
  ++cost_.turns;
  cost_.calls += last_.calls;
  return std::move(step).Release(*committed);
}

absl::Time Host::NextWakeup() {
  const double start = CpuSeconds();
  const absl::Time next = broker_->NextWakeup();
  cost_.wakeup += CpuSeconds() - start;
  return next;
}

Host::Cost Host::TakeCost() { return std::exchange(cost_, Cost()); }

}  // namespace ecluse::soak
