// The register of bodies on the register of areas, on a store of its own or one that is given, asked by commands and as
// a browser asks.
#pragma once

#include <doctest/doctest.h>

#include "slices/bodies/service.h"
#include "slices/wiring.h"
#include "support/house.h"

namespace tithing::bodies {

using test::has;

// Made before the house, whose building fills it.
struct Served {
  BodiesService* service = nullptr;
};

struct Program : Served, test::House {
  explicit Program(db::Database& database) : House(database, [this](Wiring& all) { build(all); }) {}
  Program() : House([this](Wiring& all) { build(all); }) {}

  Actor actor() const { return command_line(); }
  Result<Done> add(Fact fact) { return service->make_change(actor(), {{.fact = std::move(fact)}}, "A test."); }
  std::string refusal(Fact fact) {
    const auto done = add(std::move(fact));
    return done ? std::string() : done.error().message;
  }

 private:
  void build(Wiring& all) {
    all.site.address("area.crime", "/areas/{}/crime?type=crime");  // as the room of crime says
    service = static_cast<BodiesService*>(&register_slice(all, register_::register_slice(all)));
  }
};

// With the demonstration's areas and workspaces.
struct Pages : Program {
  Pages() { demonstration(); }
  void sign_in(Role role, const std::string& area = "", std::int64_t account = 7) { as(role, area, account); }
  std::string token(const http::Response&) const { return House::token() + "&"; }
  // What a browser shows after a form was sent: the page that asks to check, and each page of several, has an address
  // of its own. Where the change is made, the answer is what leads there.
  http::Response shown(http::Response answer) {
    const std::string to(answer.status == 303 ? answer.header("Location") : std::string_view());
    const bool on_the_way = to.find("draft=") != std::string::npos || to.find("page=") != std::string::npos ||
                            to.find("add=") != std::string::npos;
    return on_the_way ? get(to) : std::move(answer);
  }
  using House::upload;
  http::Response upload(const std::string& target, const std::string& mode, const std::string& file) {
    return upload(target, {{"mode", mode}, {"reason", "A test"}}, {{"file", "facts.csv", file, "text/csv"}});
  }
};

}  // namespace tithing::bodies
