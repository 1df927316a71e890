#include <cstdio>

#include "base/json.h"
#include "base/text.h"
#include "base/translation.h"
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
  if (!date) return invalid(tr("{0} must be a day such as 2022-12-31.", {name}));
  return std::optional<Date>(*date);
}

int import_command(Wiring& wiring, RegisterService& service, const Arguments& arguments) {
  const auto dated = day_option(arguments, "--dated");
  if (!dated) return refuse(dated.error().message);
  const auto report = service.import_geography(Actor::command_line(wiring.permissions), arguments.all("PATH"), *dated,
                                               sources::manners_of(arguments));
  if (!report) return refuse(report.error().message);
  // Of a trial the verdict comes first, and nothing below it says otherwise.
  if (report->dry_run)
    say(report->trial == sources::Trial::refused ? sources::trial_refusal(report->changes) : report->sentence());
  for (const ImportedFile& file : report->files) say(file.name + ": " + file.what);
  std::vector<sources::Change> shown = report->changes;
  const bool answered =
      arguments.has("--accept-removals") || arguments.has("--keep-aside") || arguments.has("--choose");
  if (report->dry_run) {
    sources::print_trial(shown, report->trial, true);
    return 0;
  }
  std::erase_if(shown, [&](const sources::Change& change) { return answered || !change.offered; });
  sources::print_changes(shown, true);
  say(report->sentence());
  return 0;
}

int publications_command(RegisterService& service, const Arguments& arguments) {
  const auto found = service.things(arguments.get("--kind"), arguments.get("--key"), arguments.has("--all"));
  if (arguments.has("--json")) {
    JsonWriter writer;
    sources::write_things(writer, found);
    say(writer.text());
  } else {
    sources::print_things(found, "tithing register choose");
  }
  return 0;
}

int choose_command(Wiring& wiring, RegisterService& service, const Arguments& arguments) {
  const auto chosen = sources::chosen_from(arguments.get("FILE"));
  if (!chosen) return refuse("FILE is the number of a file, set-aside-NUMBER, or default.");
  const Choosing choosing{arguments.get("KIND"),     arguments.get("KEY"),      chosen->source_file,
                          chosen->verdict,           arguments.get("--reason"), {},
                          arguments.has("--dry-run")};
  const auto done = service.choose(Actor::command_line(wiring.permissions), choosing);
  if (!done) return refuse(done.error().message);
  sources::print_changes(*done, true);
  if (done->empty()) say("What counts stays as it is.");
  say(choosing.dry_run ? "Nothing was changed: this was a dry run." : "The choice is kept with its reason.");
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
    say("counted together across June 2023: " + joined(zone->of_2011, ", ") + " of 2011, " +
        joined(zone->of_2021, ", ") + " of 2021");
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
  std::vector<CommandOption> import_options = {
      {"--dated", "The day a look-up or boundary holds for, where its name does not say (YYYY-MM-DD)"}};
  for (CommandOption& option : sources::manner_options()) import_options.push_back(std::move(option));
  wiring.subcommands.push_back({{"register", "publications"},
                                "List what several files of geography say about one thing, and which of them counts",
                                {{"--kind", "look-up, exact-fit, ward-fit, area-codes, successions or boundaries"},
                                 {"--key", "One thing, such as 2022-12-31"},
                                 {"--all", "Also those of which there is one publication", false},
                                 {"--json", "Write JSON", false}},
                                {},
                                [s](const Arguments& arguments) { return publications_command(*s, arguments); }});
  wiring.subcommands.push_back(
      {{"register", "choose"},
       "Choose which file of geography counts: tithing register choose look-up 2022-12-31 12 --reason \"why\"",
       {{"--reason", "Why, kept with the choice and its day"},
        {"--dry-run", "Say what it would change, and change nothing", false}},
       {{"KIND", "look-up, exact-fit, ward-fit, area-codes, successions or boundaries"},
        {"KEY", "The thing, as \"tithing register publications\" shows it"},
        {"FILE", "The file's number, set-aside-NUMBER to set it aside, or default"}},
       [w, s](const Arguments& arguments) { return choose_command(*w, *s, arguments); }});
  wiring.subcommands.push_back(
      {{"import", "geography"},
       "Import look-ups, the exact fit of LSOAs, boundaries and successions: files, folders, zip archives",
       import_options,
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
