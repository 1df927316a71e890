// What rooms tell of themselves, so that no room knows another: doors of the whole site, lines in the navigation of an
// area, lines and panels of a body's home, and addresses by name. A room fills it in its slice.cpp; afterwards it is
// only read.
//
// A name is a room and a place in it, "area.crime". Asking for one that no room has given is a fault of the program
// (std::logic_error); a room that may be missing is asked for with `has`.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/date.h"
#include "html/html.h"
#include "web/web.h"

namespace tithing::web {

// What a line or a panel belongs to: the first page, the rooms of money, or an area or body, whose code is then the one
// part of its addresses.
enum class Home { site, money, area, body };

struct Line {
  int place = 0;  // in tens, so that a room fits between two others
  html::Content text;
  std::string address;  // a name
  std::optional<Permission> permission = {};
  bool keeps_day = true;  // the day and the proposal of the page go along; not where the room has periods instead
};

// What another room shows on a home: nothing where there is nothing to show to this person.
struct Panel {
  int place = 0;
  std::function<html::Markup(const Context& context, const std::string& code, Date as_at)> content;
};

class SiteMap {
 public:
  // "/areas/{}/crime?type=crime": each {} is a part, in the query too; a query stands unless the asker gives that name
  // itself.
  void address(std::string name, std::string pattern);
  bool has(std::string_view name) const;
  // The address with its parts and, where a value is not empty, name=value of the query.
  html::Url at(std::string_view name, const std::vector<std::string>& parts = {}, const Fields& query = {}) const;
  const std::map<std::string, std::string, std::less<>>& addresses() const { return addresses_; }

  void line(Home home, Line line);
  void panel(Home home, Panel panel);
  // What this person is offered, by place. `current` is the name of the room that the page is of, or empty.
  std::vector<NavigationItem> lines(Home home, const Context& context, const std::string& code,
                                    std::string_view current) const;
  html::Markup panels(Home home, const Context& context, const std::string& code, Date as_at) const;

 private:
  const std::string& whole(std::string_view name) const;
  std::map<std::string, std::string, std::less<>> addresses_;
  std::map<Home, std::vector<Line>> lines_;
  std::map<Home, std::vector<Panel>> panels_;
};

}  // namespace tithing::web
