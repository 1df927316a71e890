// Public face of `analysis`: is a change real, where does crime concentrate, what belongs together in place and time,
// what will next year look like. The room /areas/<code>/analysis, the subcommands `tithing analyse METHOD`, and the
// figure kinds gini, moran, hot-spot-count, grid-hot-spots, grid-hot-spot-crimes, grid-accuracy, highest-density,
// forecast, scan-cluster and displacement.
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

namespace tithing::analysis {

void register_slice(Wiring& wiring, register_::Service& areas, evidence::Service& evidence);

}  // namespace tithing::analysis
