// Public face of `assessment`: what the evidence says of a place. Home, a force area's page, a partnership's profile;
// the figure kinds change, monthly-mean, monthly-limits, average-rate and rate-compared.
#pragma once

namespace tithing {
struct Wiring;
namespace register_ {
class Service;
}
namespace evidence {
class Service;
}
}  // namespace tithing

namespace tithing::assessment {

void register_slice(Wiring& wiring, register_::Service& areas, evidence::Service& evidence);

}  // namespace tithing::assessment
