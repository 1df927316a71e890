// The door by which a slice comes into the house: `void register_slice(Wiring&)` in its slice.cpp adds routes,
// permissions, navigation, figure kinds, subcommands, migrations, jobs, search and demonstration data. Explicitly: no
// static initialisers.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "base/command_line.h"
#include "base/ground.h"
#include "base/people.h"
#include "base/reach.h"
#include "commands/change.h"
#include "db/db.h"
#include "db/migrations.h"
#include "figures/registry.h"
#include "records/record.h"
#include "web/site_map.h"
#include "web/web.h"

namespace tithing::jobs {
class Runner;
}

namespace tithing {

struct SearchHit {
  std::string title;  // "North Worcestershire"
  std::string kind;   // "community safety partnership"
  std::string url;
  std::string note;  // "formerly Bromsgrove, Redditch, Wyre Forest"
};

// What every slice may use. Lives as long as the program. Before `database` is open (for --help) it is null.
struct Wiring {
  std::string data_folder;
  const Clock* clock = nullptr;
  db::Database* database = nullptr;
  jobs::Runner* jobs = nullptr;

  web::Router router;
  PermissionTable permissions;
  records::Kinds kinds;
  // What lies in what, as both registers say it now: set by the register of areas, and again by the register of bodies,
  // which knows both. Before either is there an area is itself. A new value when a register changes; one is good for
  // one request.
  std::function<std::shared_ptr<const Ground>()> ground = [] { return std::make_shared<const Ground>(); };
  // Made once of a request or a command, and asked by everything in it.
  Reach reach_of(const Actor& actor) const { return {actor, ground(), clock->today()}; }
  commands::Doing doing(const Actor& actor) const { return {*database, kinds, reach_of(actor), clock->now()}; }
  figures::Registry figures;
  std::vector<db::Migration> migrations;
  std::vector<Subcommand> subcommands;
  std::vector<std::function<std::vector<SearchHit>(const std::string& text, const Actor&, Date today)>> searches;
  // What rooms tell of themselves: doors, lines in the navigation of an area or a body, panels, addresses by name.
  web::SiteMap site;
  // Who a name of the audit is, as it may be shown to a reader; set by the room that has the accounts.
  People people = unnamed_people;
  // What a slice keeps for the life of the program (its Service). A slice's register_slice(Wiring&, other services it
  // needs) returns a reference to it, so that app/slices.cpp reads as the list of who depends on whom. A service holds
  // the Wiring and uses `database` only when called, never while registering.
  std::vector<std::shared_ptr<void>> services;
  // Run by `tithing demonstration`, in order; each must be repeatable.
  std::vector<std::function<Status(const std::string& sample_folder)>> demonstration;
  // Run after the database is open and migrated, before serving: loads snapshots, clears what a killed import left.
  std::vector<std::function<Status()>> at_start;
};

}  // namespace tithing
