#include <memory>

#include "register_migrations.h"
#include "slices/register/describe.h"
#include "slices/register/edges.h"
#include "slices/register/ground.h"
#include "slices/register/review.h"
#include "slices/wiring.h"

namespace tithing::register_ {

Service& register_slice(Wiring& wiring) {
  auto owned = std::make_shared<RegisterService>(wiring);
  RegisterService& service = *owned;
  wiring.services.push_back(std::move(owned));
  for (const db::Migration& migration : register_migrations()) wiring.migrations.push_back(migration);

  wiring.permissions.add(kImportGeography, {Role::performance_analyst, Role::system_administrator});
  wiring.permissions.add(kReviewSuccession, {Role::performance_analyst, Role::commissioning_officer,
                                             Role::county_strategy_officer, Role::system_administrator});

  wiring.kinds.add({.code = kSuccessionKind,
                    .name = "succession",
                    .read = kReviewSuccession,
                    .ever_public = true,
                    .columns = {"succession.area_kind"},
                    .find = standing_of_succession});
  wiring.kinds.leave_out("look_up_row.*", "A row of an official look-up says which areas there are, and is nobody's.");

  wiring.ground = [&service] { return std::make_shared<const AreaGround>(service.snapshot()); };
  wiring.site.address("areas", "/areas");
  wiring.site.address("area", "/areas/{}");
  wiring.site.line(web::Home::site, {.place = 10, .text = tr("Areas"), .address = "areas"});
  wiring.site.line(web::Home::area, {.place = 20, .text = tr("Register"), .address = "area"});
  register_pages(wiring, service);
  register_name_page(wiring, service);
  register_review_pages(wiring, service);
  register_publication_pages(wiring, service);
  register_import_pages(wiring, service);
  register_subcommands(wiring, service);

  wiring.searches.push_back([&service](const std::string& text, const Actor&, Date today) {
    const auto areas = service.snapshot();
    std::vector<SearchHit> hits;
    for (const Area* area : areas->search(text, 20)) {
      // Wards of one name lie in many districts.
      const Area* district = area->kind == AreaKind::ward ? areas->district_of(area->code, today) : nullptr;
      hits.push_back(
          {area->name, kind_words(*area), "/areas/" + area->code,
           district != nullptr ? "in " + areas->name_at(*district, today) : search_note(*areas, *area, text)});
    }
    return hits;
  });
  wiring.demonstration.push_back(
      [&service](const std::string& sample_folder) { return service.demonstrate(sample_folder); });
  return service;
}

}  // namespace tithing::register_
