// Answers of heavy kinds that are kept: for whoever asked, as long as nothing is imported and there is room; and for
// visitors, who cannot have them worked out.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "figures/figure.h"
#include "figures/registry.h"

namespace tithing::figures {

inline constexpr std::size_t kMostForAccounts = 24u << 20, kMostForVisitors = 64u << 20;  // bytes

// Who is told, as far as an answer may differ by it: a visitor, or an account with its roles of today.
std::string told_to(const Viewer& viewer);
bool is_visitor(const Viewer& viewer);

// Roughly how many bytes a figure takes with all that it was worked out from.
std::size_t bytes_of(const Figure& figure);

// Safe from any thread. What was asked for longest ago goes first when there is no room.
class Answers {
 public:
  explicit Answers(std::size_t most_bytes) : most_(most_bytes) {}

  // `known`: the state of knowledge (Registry::known); an answer of another one is not found.
  std::shared_ptr<const Figure> find(const std::string& whom, const Address& address, const std::string& known);
  void keep(const std::string& whom, const Address& address, const std::string& known, Figure figure);
  void forget_all_but(const std::string& known);
  std::size_t bytes() const;
  // An answer of that kind and area that is there, for whoever asked for one that is not.
  std::optional<Address> like(const Address& address, const std::string& known) const;

 private:
  struct Kept {
    std::string key, known;
    Address address;
    std::shared_ptr<const Figure> figure;
    std::size_t bytes = 0;
  };
  void drop(std::list<Kept>::iterator which);

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::list<Kept> kept_;  // asked for last in front
  std::map<std::string, std::list<Kept>::iterator> by_key_;
  std::size_t bytes_ = 0;
};

}  // namespace tithing::figures
