// Reach: the one answer to "may this person do this for that body or area on that day". Pages ask it for what they
// offer, commands for what they allow, figures for what they tell: the same value, made once of a request.
//
// A role is given for an area, for a body of the register, or for neither; neither is every area, and so is the role of
// a system administrator. A role for an area reaches to it, to what lies in it, and to the bodies that serve it or a
// part of it. A role for a body reaches to what is the body's, and to the areas that it serves, with what lies in them;
// not to what is another body's that serves the same area: two boards of one county write their own answers. Some
// permissions reach from a hub to the bodies that report to it: they say so.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "base/date.h"
#include "base/ground.h"

namespace tithing {

// Whose something is, said in exactly one of four ways: one or several bodies', one or several areas', the whole
// site's, or shared. There is no empty one, and an empty list is nobody's: who has a role for every area reaches to it,
// and no other. Of several, whoever reaches to each of them reaches to it. What is shared is for everybody who holds
// the permission, wherever: a list that comes with a file, a proposal for a register. Its room may ask further whose
// the parts are.
class Whose {
 public:
  static Whose of_body(std::string code) { return of_bodies({std::move(code)}); }
  static Whose of_bodies(std::vector<std::string> codes) {
    return {std::move(codes), {}, Wide::no};
  }  // codes in the register of bodies
  static Whose of_area(std::string code) { return of_areas({std::move(code)}); }
  static Whose of_areas(std::vector<std::string> codes) { return {{}, std::move(codes), Wide::no}; }  // official codes
  static Whose of_site() { return {{}, {}, Wide::site}; }
  static Whose shared() { return {{}, {}, Wide::shared}; }

  const std::vector<std::string>& bodies() const { return bodies_; }
  const std::vector<std::string>& areas() const { return areas_; }
  bool of_whole_site() const { return wide_ == Wide::site; }
  bool is_shared() const { return wide_ == Wide::shared; }
  friend bool operator==(const Whose&, const Whose&) = default;

 private:
  enum class Wide { no, site, shared };
  Whose(std::vector<std::string> bodies, std::vector<std::string> areas, Wide wide)
      : bodies_(std::move(bodies)), areas_(std::move(areas)), wide_(wide) {}
  std::vector<std::string> bodies_, areas_;
  Wide wide_ = Wide::no;
};

// Whether a role for a body reaches to the bodies that report to it as well.
enum class Hub { own_only, bodies_below };

class Reach {
 public:
  // A person without any right, on a ground without registers: what a visitor may.
  Reach() = default;
  Reach(Actor actor, std::shared_ptr<const Ground> ground, Date today);

  const Actor& actor() const { return actor_; }
  Date today() const { return today_; }
  const Ground& ground() const { return *ground_; }

  // Holds the permission for something at all: whether a page shows that there is such a thing to do.
  bool anywhere(const Permission& permission) const { return actor_.trusted() || actor_.can(permission); }
  bool everywhere(const Permission& permission) const { return may(permission, Whose::of_site()); }

  // On `day` (today where none is given).
  bool may(const Permission& permission, const Whose& whose, Hub hub = Hub::own_only) const {
    return may(permission, whose, today_, hub);
  }
  bool may(const Permission& permission, const Whose& whose, Date day, Hub hub = Hub::own_only) const;
  // Where one role reaches to, whatever it permits: for a room that judges each role by a rule of its own.
  bool reaches(const Grant& grant, const Whose& whose, Date day, Hub hub = Hub::own_only) const;
  // forbidden: without the permission, which it is and whom to ask; with it, where the person's roles reach and what
  // lies outside, by name and then code.
  Status require(const Permission& permission, const Whose& whose, Hub hub = Hub::own_only) const;

  // Somebody who is concerned by what is given to `areas`, though it is not theirs to change: whose role reaches to one
  // of them, or is for a larger area that holds one, or for a smaller one that lies in one.
  bool concerned(const Permission& permission, const std::vector<std::string>& areas) const;

  // Of these areas, those that somebody may choose in a form.
  std::vector<std::string> offered(const Permission& permission, const std::vector<std::string>& areas) const;

  // Where the person's roles with this permission reach, in words: "North Yorkshire (E23000009)", "every area",
  // "nowhere".
  std::string in_words(const Permission& permission) const;

 private:
  bool reaches_body(const Grant& grant, std::string_view body, Date day, Hub hub) const;
  bool reaches_area(const Grant& grant, std::string_view area, Date day) const;

  Actor actor_ = Actor::nobody();
  std::shared_ptr<const Ground> ground_ = std::make_shared<Ground>();
  Date today_;
};

// A role for every area: with neither area nor body of the register, or a system administrator's.
bool is_everywhere(const Grant& grant);
// "York (E06000014)".
std::string named_area(const Ground& ground, std::string_view code, Date day);

}  // namespace tithing
