// Public face of `funding`: who gets what and why. The engine is pure (scheme.h, allocation.h, scenarios.h,
// reconcile.h) and runs on values; the command line runs it on files, without a store.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/command_line.h"

namespace tithing {
struct Wiring;
}

namespace tithing::register_ {
class Service;
}

namespace tithing::funding {

class Service {
 public:
  virtual ~Service() = default;
};

// `tithing allocate` and `tithing reconcile`: neither opens a data folder.
std::vector<Subcommand> subcommands();

// `areas`: for the reach of roles and the choice of areas; without it neither is looked up. `organisation_name` says
// how a body of the register is called, by its code: comments stand under the name of an organisation.
Service& register_slice(Wiring& wiring, register_::Service* areas = nullptr,
                        std::function<std::string(const std::string& body)> organisation_name = {});

}  // namespace tithing::funding
