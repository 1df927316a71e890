#include "app/slices.h"

#include "app/site_pages.h"
#include "desks/drafts/desk.h"
#include "desks/figures/desk.h"
#include "desks/jobs/desk.h"
#include "path/events.h"
#include "slices/analysis/analysis.h"
#include "slices/assessment/assessment.h"
#include "slices/bodies/bodies.h"
#include "slices/comparison/comparison.h"
#include "slices/decisions/decisions.h"
#include "slices/evidence/evidence.h"
#include "slices/identity/identity.h"
#include "slices/pots/pots.h"
#include "slices/priorities/priorities.h"
#include "slices/register/area_picker.h"
#include "slices/register/register.h"
#include "slices/sources/sources.h"

namespace tithing::app {

identity::Service& register_slices(Wiring& wiring) {
  for (const db::Migration& migration : path::migrations()) wiring.migrations.push_back(migration);
  sources::register_slice(wiring);
  auto& areas = register_::register_slice(wiring);
  auto& evidence = evidence::register_slice(wiring, [&areas] { return areas.areas(); });
  assessment::register_slice(wiring, areas, evidence);
  analysis::register_slice(wiring, areas, evidence);
  comparison::register_slice(wiring, areas, evidence);
  priorities::register_slice(wiring, areas, evidence);
  auto& bodies = bodies::register_slice(wiring, areas);
  bodies.months_of_evidence_from([&evidence] { return evidence.snapshot()->months(); });
  auto& pots = pots::register_slice(wiring, &areas);
  decisions::register_slice(wiring, pots);
  auto& identity = identity::register_slice(wiring);
  identity.name_areas_with([&areas](std::string_view code) {
    const auto snapshot = areas.areas();
    const auto* area = snapshot->find(code);
    return area == nullptr ? std::string() : area->name;
  });
  identity.find_areas_with([&areas](Date today) { return register_::area_finder(areas.areas(), today); });
  identity.name_organisations_with(
      {.of = [&bodies, &wiring](std::string_view code) -> std::optional<identity::Organisation> {
         const auto line = bodies.body(code, wiring.clock->today());
         if (!line) return std::nullopt;
         return identity::Organisation{line->code, line->name, line->kind_name,
                                       bodies.became(code, wiring.clock->today())};
       },
       .matching =
           [&bodies, &wiring](std::string_view text) {
             std::vector<identity::Organisation> out;
             for (const auto& line : bodies.find_bodies(text, wiring.clock->today(), 20))
               out.push_back({line.code, line.name, line.kind_name, {}});
             return out;
           },
       .address = wiring.site.at("bodies.names").text()});
  drafts::register_desk(wiring);
  jobs::register_desk(wiring);
  register_site_pages(wiring);
  figures::register_desk(wiring);
  return identity;
}

}  // namespace tithing::app
