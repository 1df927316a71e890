#include <cstdio>

#include "base/json.h"
#include "base/text.h"
#include "slices/register/describe.h"
#include "slices/register/edges.h"
#include "slices/wiring.h"

namespace tithing::register_ {
namespace {

void say(const std::string& line) { std::printf("%s\n", line.c_str()); }
int refuse(const std::string& sentence) {
  std::fprintf(stderr, "tithing: %s\n", sentence.c_str());
  return 1;
}

Result<std::optional<Date>> day_option(const Arguments& arguments, const std::string& name) {
  if (!arguments.has(name)) return std::optional<Date>();
  const auto date = Date::parse(arguments.get(name));
  if (!date) return invalid(name + " must be a day such as 2022-12-31.");
  return std::optional<Date>(*date);
}

int import_command(Wiring& wiring, RegisterService& service, const Arguments& arguments) {
  const auto dated = day_option(arguments, "--dated");
  if (!dated) return refuse(dated.error().message);
  const auto report = service.import_geography(Actor::command_line(wiring.permissions), arguments.all("PATH"), *dated);
  if (!report) return refuse(report.error().message);
  for (const ImportedFile& file : report->files) say(file.name + ": " + file.what);
  say(report->sentence());
  return 0;
}

void print_area(const Snapshot& areas, const Area& area, Date as_at) {
  say(areas.name_at(area, as_at) + " (" + area.code + "), " + kind_words(area) + ", on " + as_at.text());
  if (const std::string gone = absence(area, as_at); !gone.empty()) say(gone);
  if (const std::string note = last_known(areas, as_at); !note.empty()) say(note);
  say("from: " + from_text(areas, area));
  say("until: " + to_text(area));
  if (!area.dates_note.empty()) say(area.dates_note);
  for (const Areas::NamePeriod& period : areas.names(area.code))
    say("named " + period.name + " in the " + period.seen_in);
  const auto belongs = [&](const char* what, const Area* other) {
    if (other && other != &area)
      say(std::string(what) + ": " + areas.name_at(*other, as_at) + " (" + other->code + ")");
  };
  belongs("district", areas.district_of(area.code, as_at));
  belongs("partnership", areas.partnership_of(area.code, as_at));
  belongs("police force area", areas.force_of(area.code, as_at));
  if (const auto zone = areas.zone_of(area.code); zone && zone->change != 'U')
    say("counted together across June 2023: " + joined(zone->of_2011, ", ") + " of 2011, " + joined(zone->of_2021, ", ") + " of 2021");
  for (const AreaKind kind : {AreaKind::community_safety_partnership, AreaKind::district, AreaKind::ward}) {
    if (kind == AreaKind::ward && area.kind != AreaKind::district) continue;
    const auto parts = areas.constituents(area.code, kind, as_at);
    if (parts.empty()) continue;
    say(plural(static_cast<std::int64_t>(parts.size()), name_of(kind), std::string(name_of(kind)) + "s") + ":");
    for (const Area* part : parts) say("  " + part->code + "  " + areas.name_at(*part, as_at));
  }
  const auto lsoas = areas.lsoas(area.code, as_at);
  say("LSOAs: " + grouped(static_cast<std::int64_t>(lsoas->lsoa_2011.size())) + " of 2011, " +
      grouped(static_cast<std::int64_t>(lsoas->lsoa_2021.size())) + " of 2021");
  for (const std::string& note : lsoas->notes) say("  " + note);
  for (const Succession& s : areas.successions_of(area.code)) {
    say(succession_text(areas, s) + " " + review_text(areas, s));
    say("  " + s.evidence);
  }
}

int area_command(Wiring& wiring, RegisterService& service, const Arguments& arguments) {
  const auto day = day_option(arguments, "--as-at");
  if (!day) return refuse(day.error().message);
  const Date as_at = day->value_or(wiring.clock->today());
  const auto areas = service.snapshot();
  const std::string code = arguments.get("CODE");
  const bool json = arguments.has("--json");
  if (code == "list") {
    JsonWriter writer;
    writer.begin_array();
    for (const AreaKind kind :
         {AreaKind::police_force_area, AreaKind::community_safety_partnership, AreaKind::district, AreaKind::ward}) {
      std::vector<const Area*> listed = areas->of_kind(kind, as_at);
      if (kind == AreaKind::police_force_area)
        for (const Area* force : areas->forces_without_area()) listed.push_back(force);
      for (const Area* area : listed) {
        const std::string name = areas->name_at(*area, as_at);
        if (json) {
          writer.begin_object()
              .member("code", area->code)
              .member("kind", code_of(kind))
              .member("name", name)
              .end_object();
        } else {
          say(area->code + "\t" + std::string(code_of(kind)) + "\t" + name);
        }
      }
    }
    writer.end_array();
    if (json) say(writer.text());
    return 0;
  }
  const Area* area = areas->find(code);
  if (!area)
    return refuse(
        "There is no area " + to_valid_utf8(code) +
        " in the register. \"tithing area list\" shows all; import look-ups with \"tithing import geography\".");
  if (json) {
    say(area_json(*areas, *area, as_at));
  } else {
    print_area(*areas, *area, as_at);
  }
  return 0;
}

}  // namespace

void register_subcommands(Wiring& wiring, RegisterService& service) {
  Wiring* w = &wiring;
  RegisterService* s = &service;
  wiring.subcommands.push_back(
      {{"import", "geography"},
       "Import look-ups, the exact fit of LSOAs, boundaries and successions: files, folders, zip archives",
       {{"--dated", "The day a look-up or boundary holds for, where its name does not say (YYYY-MM-DD)"}},
       {{"PATH", "A file, a folder or a zip archive", true, true}},
       [w, s](const Arguments& arguments) { return import_command(*w, *s, arguments); }});
  wiring.subcommands.push_back({{"area"},
                                "Show an area of the register on a day, or list them: tithing area E22000368",
                                {{"--as-at", "The day whose structure is shown (YYYY-MM-DD); today unless given"},
                                 {"--json", "Write JSON", false}},
                                {{"CODE", "An area's code, or the word list"}},
                                [w, s](const Arguments& arguments) { return area_command(*w, *s, arguments); }});
}

}  // namespace tithing::register_
