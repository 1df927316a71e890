#include "base/text.h"
#include "web/site_map.h"
#include "web/web.h"

namespace tithing::web {
namespace {

std::string first_of(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (key == name) return std::string(trimmed(value));
  return {};
}

}  // namespace

std::string Context::parameter(std::string_view name) const {
  const auto found = parameters.find(std::string(name));
  return found == parameters.end() ? std::string() : found->second;
}

std::string Context::query_value(std::string_view name) const { return first_of(query, name); }
std::string Context::form_value(std::string_view name) const { return first_of(form, name); }

std::vector<std::string> Context::query_values(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : query)
    if (key == name) values.push_back(value);
  return values;
}

const Reach& Context::reach() const {
  if (!reach_) reach_.emplace(actor, ground ? ground() : nullptr, today);
  return *reach_;
}

const SiteMap& Context::site() const {
  static const SiteMap none;
  return site_map == nullptr ? none : *site_map;
}

Result<Date> Context::as_at() const {
  const std::string text = query_value("as-at");
  if (text.empty()) return today;
  Result<Date> date = Date::parse(text);
  if (!date)
    return invalid(tr("The address asks for a day that does not exist. Write it as year-month-day, for example "
                      "2012-04-01."),
                   {{"as-at", tr("Enter a day as year-month-day, for example 2012-04-01.")}});
  return date;
}

}  // namespace tithing::web
