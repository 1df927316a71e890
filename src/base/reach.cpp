#include "base/reach.h"

#include <algorithm>

#include "base/organisation.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing {
namespace {

bool contains(const std::vector<std::string>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string with_code(const std::string& name, std::string_view code) {
  return name == code ? name : name + " (" + std::string(code) + ")";
}

std::string named_body(const Ground& ground, std::string_view code, Date day) { return ground.name_of_body(code, day); }

std::string named(const Ground& ground, const Whose& whose, Date day) {
  if (whose.of_whole_site()) return "the whole site";
  if (whose.is_shared()) return "what is everybody's";
  std::vector<std::string> names;
  for (const std::string& body : whose.bodies()) names.push_back(named_body(ground, body, day));
  for (const std::string& area : whose.areas()) names.push_back(named_area(ground, area, day));
  if (names.empty()) return "something that is not said to be anybody's";
  if (names.size() > 4)
    names = {names[0], names[1], names[2],
             std::to_string(names.size() - 3) + (whose.areas().empty() ? " other bodies" : " other areas")};
  return joined(names, " and ");
}

}  // namespace

std::vector<std::string> Ground::around_area(std::string_view area, Date) const { return {std::string(area)}; }
std::vector<std::string> Ground::areas_of_body(std::string_view, Date) const { return {}; }
std::vector<std::string> Ground::standing_for(std::string_view body, Date) const { return {std::string(body)}; }
std::vector<std::string> Ground::above_body(std::string_view, Date) const { return {}; }
bool Ground::has_area(std::string_view) const { return true; }
bool Ground::has_body(std::string_view) const { return true; }
std::string Ground::name_of_area(std::string_view area, Date) const { return std::string(area); }
std::string Ground::name_of_body(std::string_view body, Date) const { return std::string(body); }

std::string named_area(const Ground& ground, std::string_view code, Date day) {
  return with_code(ground.name_of_area(code, day), code);
}

bool is_everywhere(const Grant& grant) {
  return grant.role == Role::system_administrator ||
         (grant.area_code.empty() && body_of_organisation(grant.organisation).empty());
}

Reach::Reach(Actor actor, std::shared_ptr<const Ground> ground, Date today)
    : actor_(std::move(actor)), ground_(ground ? std::move(ground) : std::make_shared<Ground>()), today_(today) {}

bool Reach::reaches_area(const Grant& grant, std::string_view area, Date day) const {
  const std::vector<std::string> around = ground_->around_area(area, day);
  if (!grant.area_code.empty()) return contains(around, grant.area_code);
  for (const std::string& body : ground_->standing_for(body_of_organisation(grant.organisation), today_))
    for (const std::string& served : ground_->areas_of_body(body, day))
      if (contains(around, served)) return true;
  return false;
}

bool Reach::reaches_body(const Grant& grant, std::string_view body, Date day, Hub hub) const {
  if (const std::string organisation = body_of_organisation(grant.organisation); !organisation.empty()) {
    const std::vector<std::string> own = ground_->standing_for(organisation, today_);
    if (contains(own, body)) return true;
    if (hub == Hub::bodies_below)
      for (const std::string& above : ground_->above_body(body, day))
        if (contains(own, above)) return true;
  }
  if (grant.area_code.empty()) return false;
  const std::vector<std::string> served = ground_->areas_of_body(body, day);
  return std::any_of(served.begin(), served.end(),
                     [&](const std::string& area) { return reaches_area(grant, area, day); });
}

bool Reach::reaches(const Grant& grant, const Whose& whose, Date day, Hub hub) const {
  if (is_everywhere(grant) || whose.is_shared()) return true;
  if (whose.of_whole_site() || (whose.bodies().empty() && whose.areas().empty())) return false;
  return std::all_of(whose.bodies().begin(), whose.bodies().end(),
                     [&](const std::string& body) { return reaches_body(grant, body, day, hub); }) &&
         std::all_of(whose.areas().begin(), whose.areas().end(),
                     [&](const std::string& area) { return reaches_area(grant, area, day); });
}

bool Reach::may(const Permission& permission, const Whose& whose, Date day, Hub hub) const {
  if (actor_.trusted()) return true;
  if (whose.is_shared()) return actor_.can(permission);
  std::vector<const Grant*> held;
  for (const Grant& grant : actor_.grants()) {
    if (!actor_.holds(grant.role, permission)) continue;
    if (is_everywhere(grant)) return true;
    held.push_back(&grant);
  }
  if (whose.of_whole_site() || (whose.bodies().empty() && whose.areas().empty())) return false;
  const auto by_any = [&](auto reaches) {
    return std::any_of(held.begin(), held.end(), [&](const Grant* grant) { return reaches(*grant); });
  };
  return std::all_of(whose.bodies().begin(), whose.bodies().end(),
                     [&](const std::string& body) {
                       return by_any([&](const Grant& grant) { return reaches_body(grant, body, day, hub); });
                     }) &&
         std::all_of(whose.areas().begin(), whose.areas().end(), [&](const std::string& area) {
           return by_any([&](const Grant& grant) { return reaches_area(grant, area, day); });
         });
}

Status Reach::require(const Permission& permission, const Whose& whose, Hub hub) const {
  if (may(permission, whose, hub)) return {};
  if (Status held = actor_.require(permission); !held) return held;
  return forbidden(
      tr("This needs the permission “{0}” for {1}. Yours reaches to {2}. Ask whoever keeps it there, or "
         "an administrator of this site for a role.",
         {std::string(permission.description), named(*ground_, whose, today_), in_words(permission)}));
}

bool Reach::concerned(const Permission& permission, const std::vector<std::string>& areas) const {
  if (everywhere(permission)) return true;
  for (const Grant& grant : actor_.grants()) {
    if (!actor_.holds(grant.role, permission)) continue;
    std::vector<std::string> own;
    if (!grant.area_code.empty()) {
      own = {grant.area_code};
    } else {
      for (const std::string& body : ground_->standing_for(body_of_organisation(grant.organisation), today_))
        for (std::string& area : ground_->areas_of_body(body, today_)) own.push_back(std::move(area));
    }
    for (const std::string& area : areas) {
      if (reaches_area(grant, area, today_)) return true;
      for (const std::string& mine : own)
        if (contains(ground_->around_area(mine, today_), area)) return true;
    }
  }
  return false;
}

std::vector<std::string> Reach::offered(const Permission& permission, const std::vector<std::string>& areas) const {
  std::vector<std::string> out;
  for (const std::string& area : areas)
    if (may(permission, Whose::of_area(area))) out.push_back(area);
  return out;
}

std::string Reach::in_words(const Permission& permission) const {
  if (everywhere(permission)) return "every area";
  std::vector<std::string> places;
  for (const Grant& grant : actor_.grants()) {
    if (!actor_.holds(grant.role, permission)) continue;
    std::string place = grant.area_code.empty() ? named_body(*ground_, body_of_organisation(grant.organisation), today_)
                                                : named_area(*ground_, grant.area_code, today_);
    if (!contains(places, place)) places.push_back(std::move(place));
  }
  return places.empty() ? "nowhere" : joined(places, " and ");
}

}  // namespace tithing
