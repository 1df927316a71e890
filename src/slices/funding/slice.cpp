#include "slices/funding/funding.h"
#include "slices/wiring.h"

namespace tithing::funding {

Service& register_slice(Wiring& wiring) {
  auto service = std::make_shared<Service>();
  wiring.services.push_back(service);
  for (Subcommand& subcommand : subcommands()) wiring.subcommands.push_back(std::move(subcommand));
  return *service;
}

}  // namespace tithing::funding
