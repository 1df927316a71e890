// The pages of decisions through the site's own pipeline, for tests: one scheme on one pot, and posts that walk the
// path.
#pragma once

#include "drafts/drafts.h"
#include "exports/parts_for_tests.h"
#include "slices/decisions/pages.h"
#include "slices/decisions/posts_for_tests.h"
#include "slices/pots/house_for_tests.h"

namespace tithing::decisions {

// Made before the room, whose figures ask it.
struct Evident {
  TestEvidence evidence;
};

// With people in their posts, on evidence that a test can change.
struct Deciding : Evident, Room {
  Deciding()
      : Room([this](figures::Registry& registry) { evidence.add_to(registry); }, Areas::none,
             [](Wiring& all, pots::Service& pots) { register_slice(all, pots); }) {}

  Doing doing(const Actor& actor) { return {wiring.doing(actor), wiring.figures}; }

  TestPosts posts{wiring.permissions};
};

struct Pages : Deciding {
  Pages() {
    const Actor officer = posts.officer();
    scheme = scheme_in_store(doing(officer), true).id;
  }
  void as(const std::optional<Actor>& actor) {
    as_nobody();
    if (actor) House::as(*actor);
  }
  // Opens the form first: it has a token, and what it has seen goes back with it.
  http::Response post(const std::string& target, web::Fields fields) {
    const http::Response form = get(target);
    if (form.status == 200) CHECK_FALSE(test::field_value(form, "csrf-token").empty());
    for (const char* name : {"finding-1", "version"}) {
      const std::string seen = test::field_value(form, name);
      if (!seen.empty()) fields.insert(fields.begin(), {name, seen});
    }
    return send(target, fields);
  }
  // From a form that was opened before.
  http::Response send(const std::string& target, const web::Fields& fields) { return House::post(target, fields); }
  std::string number() const { return std::to_string(scheme.value); }

  SchemeId scheme;
};

}  // namespace tithing::decisions
