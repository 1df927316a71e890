// The multipart parser: the same form however the bytes are cut; the files it makes go again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fuzz/memory_budget.h"
#include "http/multipart.h"

using namespace tithing;
using namespace tithing::http;

namespace {

void insist(bool truth) {
  if (!truth) std::abort();
}

Result<MultipartForm> parse(std::string_view bytes, std::size_t step) {
  MultipartLimits limits;
  limits.parts = 5;
  limits.part_header_bytes = 200;
  limits.field_bytes = 100;
  limits.all_fields_bytes = 150;
  MultipartParser parser("B", limits);
  for (std::size_t i = 0; i < bytes.size(); i += step)
    if (const Status put = parser.put(bytes.substr(i, step)); !put) return pass_on(put);
  return parser.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  (void)multipart_boundary(bytes);
  const std::string name = base_name(bytes);
  insist(is_utf8(name) && name.size() <= 255 && name.find_first_of("/\\\r\n") == std::string::npos && name != "..");
  const auto whole = parse(bytes, bytes.size());
  const auto pieces = parse(bytes, 1 + data[0] % 16);
  insist(whole.has_value() == pieces.has_value());
  if (!whole) return 0;
  insist(whole->fields == pieces->fields);
  insist(whole->files.size() == pieces->files.size());
  for (std::size_t i = 0; i < whole->files.size(); ++i) {
    insist(whole->files[i].name == pieces->files[i].name);
    insist(whole->files[i].field == pieces->files[i].field);
    insist(whole->files[i].content.size == pieces->files[i].content.size);
    insist(!whole->files[i].name.empty());
  }
  for (const auto& [field, value] : whole->fields) insist(is_utf8(field) && is_utf8(value) && value.size() <= 100);
  return 0;
}
