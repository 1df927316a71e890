// What lies in what: the answers of the register of areas and of the register of bodies, in the few words that a Reach
// needs. An implementation holds one version of each register, so that one question is answered from one state of
// things. Safe from any thread. This class itself is the ground of a site that has neither register: an area is itself,
// and nothing lies in anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace tithing {

class Ground {
 public:
  virtual ~Ground() = default;

  // The area itself, and the areas that hold it on that day: its district, partnership and police force area.
  virtual std::vector<std::string> around_area(std::string_view area, Date day) const;
  // The areas that a body serves on that day; when it is over or not there yet, those it served last or will serve
  // first.
  virtual std::vector<std::string> areas_of_body(std::string_view body, Date day) const;
  // Those for which a role given for `body` holds on that day: the body, what it became when it was renamed, replaced
  // or merged. Empty when nobody stands in its place, because it ended or was split. Without a register of bodies the
  // body alone.
  virtual std::vector<std::string> standing_for(std::string_view body, Date day) const;
  // The bodies that `body` reports to, directly or through others, on that day.
  virtual std::vector<std::string> above_body(std::string_view body, Date day) const;

  // Whether the registers know the code at all, of whatever day. Without a register every code is known.
  virtual bool has_area(std::string_view area) const;
  virtual bool has_body(std::string_view body) const;
  // The name on that day, or the code where there is none.
  virtual std::string name_of_area(std::string_view area, Date day) const;
  virtual std::string name_of_body(std::string_view body, Date day) const;
};

}  // namespace tithing
