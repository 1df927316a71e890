#include "web/site_map.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "web/as_at.h"

namespace tithing::web {
namespace {

template <class T>
void put_in_place(std::vector<T>& all, T one) {
  const auto after =
      std::upper_bound(all.begin(), all.end(), one, [](const T& a, const T& b) { return a.place < b.place; });
  all.insert(after, std::move(one));
}

template <class T>
const std::vector<T>& those_of(const std::map<Home, std::vector<T>>& all, Home home) {
  static const std::vector<T> none;
  const auto found = all.find(home);
  return found == all.end() ? none : found->second;
}

}  // namespace

void SiteMap::address(std::string name, std::string pattern) {
  if (!addresses_.emplace(name, std::move(pattern)).second)
    throw std::logic_error("two rooms give the address " + name);
}

bool SiteMap::has(std::string_view name) const { return addresses_.find(name) != addresses_.end(); }

const std::string& SiteMap::whole(std::string_view name) const {
  const auto found = addresses_.find(name);
  if (found == addresses_.end()) throw std::logic_error("no room gives the address " + std::string(name));
  return found->second;
}

html::Url SiteMap::at(std::string_view name, const std::vector<std::string>& parts, const Fields& query) const {
  std::string text = whole(name);
  std::size_t from = 0;
  for (const std::string& part : parts) {
    const std::size_t place = text.find("{}", from);
    if (place == std::string::npos) throw std::logic_error("too many parts for the address " + std::string(name));
    const std::string written = url_encoded(part);
    text.replace(place, 2, written);
    from = place + written.size();
  }
  if (text.find("{}", from) != std::string::npos)
    throw std::logic_error("too few parts for the address " + std::string(name));
  const std::size_t mark = text.find('?');
  std::string out = text.substr(0, mark);
  char sign = '?';
  const auto put = [&](const std::string& pair) {
    out += sign + pair;
    sign = '&';
  };
  if (mark != std::string::npos)
    for (const std::string& pair : split(text.substr(mark + 1), '&'))
      if (std::none_of(query.begin(), query.end(),
                       [&](const auto& asked) { return pair.starts_with(asked.first + "="); }))
        put(pair);
  for (const auto& [key, value] : query)
    if (!value.empty()) put(url_encoded(key) + "=" + url_encoded(value));
  return html::Url::parse(out);
}

void SiteMap::line(Home home, Line line) { put_in_place(lines_[home], std::move(line)); }
void SiteMap::panel(Home home, Panel panel) { put_in_place(panels_[home], std::move(panel)); }

std::vector<NavigationItem> SiteMap::lines(Home home, const Context& context, const std::string& code,
                                           std::string_view current) const {
  std::vector<NavigationItem> items;
  for (const Line& line : those_of(lines_, home)) {
    if (line.permission && !context.actor.can(*line.permission)) continue;
    const html::Url url = at(line.address, code.empty() ? std::vector<std::string>{} : std::vector{code});
    items.push_back({line.text, line.keeps_day && !code.empty() ? carry(context, url) : url, line.address == current});
  }
  return items;
}

html::Markup SiteMap::panels(Home home, const Context& context, const std::string& code, Date as_at) const {
  html::Markup all;
  for (const Panel& panel : those_of(panels_, home)) all += panel.content(context, code, as_at);
  return all;
}

}  // namespace tithing::web
