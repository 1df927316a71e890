#include "slices/register/area_picker.h"

#include "slices/register/edges.h"
#include "slices/wiring.h"

namespace tithing::register_ {
namespace {

// What tells areas of one name apart: their kind, where a ward lies, and that it is no longer or not yet.
std::string told(const Areas& areas, const Area& area, Date as_at) {
  std::string words = kind_words(area);
  if (area.kind == AreaKind::ward)
    if (const Area* district = areas.district_of(area.code, as_at)) words += " in " + areas.name_at(*district, as_at);
  return areas.in_force(area, as_at) ? words : words + ", not in force on " + as_at.text();
}

}  // namespace

forms::Finder area_finder(std::shared_ptr<const Areas> areas, Date as_at) {
  const auto match = [areas, as_at](const Area& area) {
    return forms::Match{area.code, areas->name_at(area, as_at), told(*areas, area, as_at)};
  };
  return {"area", "areas", "/areas/names",
          [areas, match](std::string_view code) -> std::optional<forms::Match> {
            const Area* area = areas->find(code);
            return area == nullptr ? std::nullopt : std::optional(match(*area));
          },
          [areas, match](std::string_view text) {
            std::vector<forms::Match> out;
            for (const Area* area : areas->search(text, 30))
              if (!is_lsoa(area->kind)) out.push_back(match(*area));
            return out;
          }};
}

void register_name_page(Wiring& wiring, RegisterService& service) {
  RegisterService* s = &service;
  wiring.router.get("/areas/names", web::Access::anyone(), [s](web::Context& context) {
    return forms::names_answer(context, area_finder(s->areas(), context.today));
  });
}

}  // namespace tithing::register_
