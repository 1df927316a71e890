// Bodies that are still being sent, by client: whoever begins many and finishes none holds memory, files and places
// that others need. Lives on the loop's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace tithing::http {

class HeldBodies {
 public:
  // Of one client (base/client_network.h) at once.
  struct Budget {
    std::size_t bodies = 32;                              // that are on their way
    std::size_t large = 4;                                // of them larger than any route takes from everybody
    std::int64_t bytes = std::int64_t{16} * 1024 * 1024;  // that have come of all the others
  };

  HeldBodies() = default;
  explicit HeldBodies(Budget budget) : budget_(budget) {}

  // The place of one body, given back when it goes. The bodies outlive their places.
  class Place {
   public:
    Place(Place&& other) noexcept;
    Place& operator=(Place&& other) noexcept;
    ~Place();
    // More of it has come. False: that is more than the client may have on its way. A large one has no limit but its
    // route's.
    bool add(std::int64_t bytes);
    // It turns out to be large. False: too many are.
    bool is_large();

   private:
    friend class HeldBodies;
    Place(HeldBodies& all, std::string client) : all_(&all), client_(std::move(client)) {}
    void give_back();
    HeldBodies* all_ = nullptr;
    std::string client_;
    std::int64_t bytes_ = 0;
    bool large_ = false;
  };
  // Nothing when the client has as many on their way as it may.
  std::optional<Place> begin(const std::string& client);
  std::size_t clients() const { return held_.size(); }

 private:
  struct Held {
    std::size_t bodies = 0;
    std::size_t large = 0;
    std::int64_t bytes = 0;
  };
  Budget budget_;
  std::map<std::string, Held> held_;
};

}  // namespace tithing::http
