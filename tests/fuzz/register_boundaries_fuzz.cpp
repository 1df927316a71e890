// GeoJSON, TopoJSON and stored shapes: whatever comes in, what is read can be written and read again, and dissolved.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fuzz/memory_budget.h"
#include "slices/register/boundary_file.h"
#include "slices/register/shape.h"

using namespace tithing;
using namespace tithing::register_;

namespace {
void insist(bool truth) {
  if (!truth) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto file = read_boundaries(bytes, "fuzz-2022-12.json", std::nullopt)) {
    std::vector<const Shape*> shapes;
    for (const FileBoundary& boundary : file->boundaries) {
      insist(decode(encode(boundary.shape)).value() == boundary.shape);
      shapes.push_back(&boundary.shape);
    }
    dissolve(shapes);
  } else {
    insist(!file.error().message.empty());
  }
  if (const auto shape = decode(bytes)) insist(decode(encode(*shape)).has_value());
  return 0;
}
