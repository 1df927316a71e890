#include "base/given_text.h"

#include "base/text.h"
#include "base/translation.h"

namespace tithing {

void need_text(std::vector<FieldProblem>& wrong, const std::string& field, const std::string& value,
               const std::string& missing, std::size_t most) {
  if (trimmed(value).empty())
    wrong.push_back({field, missing});
  else if (value.size() > most)
    wrong.push_back({field, tr("Shorten this to {0} characters.", {grouped(static_cast<std::int64_t>(most))})});
}

Status refused(std::vector<FieldProblem> wrong) {
  if (wrong.empty()) return {};
  const std::string first = wrong.front().message;
  return invalid(first, std::move(wrong));
}

}  // namespace tithing
