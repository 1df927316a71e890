// Look-ups, exact fit, tables of codes and of successions: read, or refused with a sentence.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "fuzz/memory_budget.h"
#include "slices/register/lsoa_table.h"
#include "slices/register/succession.h"

using namespace tithing;
using namespace tithing::register_;

namespace {
void insist(bool truth) {
  if (!truth) std::abort();
}
template <class T>
void sentence_or_value(const Result<T>& result) {
  if (!result) insist(!result.error().message.empty() && is_utf8(result.error().message));
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  form_of(bytes);
  const auto look_up = read_look_up(bytes, "fuzz-2022-12.csv", std::nullopt);
  sentence_or_value(look_up);
  if (look_up) insist(derive(*look_up, *look_up, {}, {}).empty());
  const auto fit = read_exact_fit(bytes);
  sentence_or_value(fit);
  if (fit) {
    const LsoaTable table(*fit);
    insist(table.to_2021({0}).size() >= 1);
  }
  sentence_or_value(read_code_history(bytes));
  const auto facts = read_succession_facts(bytes);
  sentence_or_value(facts);
  if (facts) insist(!from_facts(*facts).empty());
  return 0;
}
