#include "http/held_bodies.h"

#include <utility>

namespace tithing::http {

std::optional<HeldBodies::Place> HeldBodies::begin(const std::string& client) {
  Held& held = held_[client];
  if (held.bodies >= budget_.bodies) return std::nullopt;
  ++held.bodies;
  return Place(*this, client);
}

bool HeldBodies::Place::add(std::int64_t bytes) {
  if (large_) return true;
  Held& held = all_->held_[client_];
  held.bytes += bytes;
  bytes_ += bytes;
  return held.bytes <= all_->budget_.bytes;
}

bool HeldBodies::Place::is_large() {
  if (large_) return true;
  Held& held = all_->held_[client_];
  if (held.large >= all_->budget_.large) return false;
  ++held.large;
  large_ = true;
  held.bytes -= std::exchange(bytes_, 0);
  return true;
}

void HeldBodies::Place::give_back() {
  HeldBodies* const all = std::exchange(all_, nullptr);
  if (all == nullptr) return;
  const auto found = all->held_.find(client_);
  Held& held = found->second;
  --held.bodies;
  held.bytes -= bytes_;
  if (large_) --held.large;
  if (held.bodies == 0) all->held_.erase(found);
}

HeldBodies::Place::Place(Place&& other) noexcept
    : all_(std::exchange(other.all_, nullptr)),
      client_(std::move(other.client_)),
      bytes_(other.bytes_),
      large_(other.large_) {}

HeldBodies::Place& HeldBodies::Place::operator=(Place&& other) noexcept {
  if (this == &other) return *this;
  give_back();
  all_ = std::exchange(other.all_, nullptr);
  client_ = std::move(other.client_);
  bytes_ = other.bytes_;
  large_ = other.large_;
  return *this;
}

HeldBodies::Place::~Place() { give_back(); }

}  // namespace tithing::http
