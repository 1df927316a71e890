#include "slices/register/describe.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "slices/register/store.h"

namespace tithing::register_ {
namespace {

std::vector<NamedCode> names_for(const Snapshot& areas, const Succession& succession) {
  std::vector<NamedCode> names;
  for (const auto* codes : {&succession.predecessors, &succession.successors})
    for (const std::string& code : *codes)
      if (const Area* area = areas.find(code)) names.push_back({code, area->name});
  return names;
}

bool contains(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

void write_areas(JsonWriter& json, std::string_view name, const std::vector<const Area*>& list, const Areas& areas,
                 Date as_at) {
  json.key(name).begin_array();
  for (const Area* area : list)
    json.begin_object().member("code", area->code).member("name", areas.name_at(*area, as_at)).end_object();
  json.end_array();
}

void write_date(JsonWriter& json, std::string_view name, const std::optional<Date>& date) {
  json.key(name);
  if (date) {
    json.value(date->iso());
  } else {
    json.null();
  }
}

}  // namespace

std::string from_text(const Snapshot& areas, const Area& area) {
  if (area.kind == AreaKind::lsoa_2011) return "the census of 2011";
  if (area.kind == AreaKind::lsoa_2021) return "the census of 2021";
  if (area.kind == AreaKind::ward || area.without_area) return "not known";
  if (area.from && area.dates_note.find("Began") == std::string::npos) return area.from->text();
  if (area.from) return "not known to the day";
  const auto seen = areas.sightings(area.code);
  return seen.empty() ? "not known"
                      : "before the look-up of " + Month::of(seen.front().on).text() + ", the first that shows it";
}

std::string to_text(const Area& area) {
  if (area.kind == AreaKind::ward || area.without_area) return "not known";
  if (area.to && area.dates_note.find("Ended") == std::string::npos) return area.to->text();
  if (area.to) return "not known to the day";
  return area.dates_note.find("paper only") != std::string::npos ? "not known" : "still there in the newest look-up";
}

std::string absence(const Area& area, Date as_at) {
  if (area.from && as_at < *area.from) return "It was not there yet on " + as_at.text() + ".";
  if (area.to && as_at >= *area.to) return "It was no longer there on " + as_at.text() + ".";
  return {};
}

std::string last_known(const Snapshot& areas, Date as_at) {
  const auto newest = areas.newest_look_up();
  if (!newest || as_at <= *newest) return {};
  return "The newest look-up that has been imported is of " + Month::of(*newest).text() +
         ". What has changed since then is not known here.";
}

std::string succession_text(const Snapshot& areas, const Succession& succession) {
  return sentence(succession, names_for(areas, succession));
}

std::string review_text(const Snapshot& areas, const Succession& succession) {
  const ProposedSuccession* proposal = areas.proposal(succession.id);
  std::string when;
  if (!succession.on && proposal) {
    if (proposal->after) when += " after " + proposal->after->text();
    if (proposal->by) when += std::string(when.empty() ? "" : " and") + " by " + proposal->by->text();
  }
  const std::string day =
      succession.on ? std::string() : " The day is not known" + (when.empty() ? "." : ";" + when + ".");
  switch (succession.review) {
    case Succession::Review::accepted:
      return "Accepted." + day;
    case Succession::Review::rejected:
      return "Rejected.";
    case Succession::Review::proposed:
      break;
  }
  return "Proposed, waits for review." + day;
}

std::string search_note(const Snapshot& areas, const Area& area, std::string_view searched) {
  const auto names = [&](const std::vector<std::string>& codes, const std::string& but) {
    std::vector<std::string> out;
    for (const std::string& code : codes) {
      if (code == but) continue;
      const Area* other = areas.find(code);
      out.push_back(other ? other->name : code);
    }
    return joined(out, ", ");
  };
  const std::string wanted = lowered(trimmed(searched));
  for (const Areas::NamePeriod& period : areas.names(area.code))
    if (period.name != area.name && lowered(period.name).find(wanted) != std::string::npos)
      return "formerly called " + period.name;
  std::string former;
  std::string later;
  for (const Succession& s : areas.successions_of(area.code)) {
    if (s.review == Succession::Review::rejected || s.kind == SuccessionKind::renamed) continue;
    if (contains(s.successors, area.code)) former = names(s.predecessors, area.code);
    if (contains(s.predecessors, area.code) && !contains(s.successors, area.code))
      later = names(s.successors, area.code);
  }
  if (!later.empty()) return "became " + later;
  if (!former.empty()) return "formerly " + former;
  return {};
}

std::string area_json(const Snapshot& areas, const Area& area, Date as_at) {
  JsonWriter json;
  json.begin_object();
  json.member("code", area.code)
      .member("kind", code_of(area.kind))
      .member("name", areas.name_at(area, as_at))
      .member("as_at", as_at.iso());
  json.member("in_force", areas.in_force(area, as_at));
  write_date(json, "from", area.from);
  write_date(json, "to", area.to);
  json.key("dates_note");
  if (area.dates_note.empty()) {
    json.null();
  } else {
    json.value(area.dates_note);
  }
  const std::string known = last_known(areas, as_at);
  json.key("as_at_note");
  if (known.empty()) {
    json.null();
  } else {
    json.value(known);
  }
  json.key("names").begin_array();
  for (const Areas::NamePeriod& period : areas.names(area.code))
    json.begin_object().member("name", period.name).member("seen_in", period.seen_in).end_object();
  json.end_array();
  const auto member = [&](const char* name, const Area* other) {
    json.key(name);
    if (!other || other == &area) {
      json.null();
    } else {
      json.begin_object().member("code", other->code).member("name", areas.name_at(*other, as_at)).end_object();
    }
  };
  member("police_force_area", areas.force_of(area.code, as_at));
  member("partnership", areas.partnership_of(area.code, as_at));
  member("district", areas.district_of(area.code, as_at));
  if (area.kind < AreaKind::community_safety_partnership)
    write_areas(json, "partnerships", areas.constituents(area.code, AreaKind::community_safety_partnership, as_at),
                areas, as_at);
  if (area.kind < AreaKind::district)
    write_areas(json, "districts", areas.constituents(area.code, AreaKind::district, as_at), areas, as_at);
  if (area.kind == AreaKind::district)
    write_areas(json, "wards_by_best_fit", areas.constituents(area.code, AreaKind::ward, as_at), areas, as_at);
  if (area.kind == AreaKind::ward) json.member("best_fit", true);
  if (area.without_area) json.member("without_area", true);
  if (const auto zone = areas.zone_of(area.code)) {
    json.key("zone").begin_object().member("change", std::string(1, zone->change));
    for (const auto& [name, codes] : {std::pair{"of_2011", &zone->of_2011}, std::pair{"of_2021", &zone->of_2021}}) {
      json.key(name).begin_array();
      for (const std::string& code : *codes) json.value(code);
      json.end_array();
    }
    json.end_object();
  }
  const auto lsoas = areas.lsoas(area.code, as_at);
  json.key("lsoas").begin_object();
  json.member("of_2011", static_cast<std::int64_t>(lsoas->lsoa_2011.size()))
      .member("of_2021", static_cast<std::int64_t>(lsoas->lsoa_2021.size()));
  json.key("notes").begin_array();
  for (const std::string& note : lsoas->notes) json.value(note);
  json.end_array().end_object();
  if (const Areas::Fit* fit = areas.fit(area.code)) {
    json.key("exact_fit").begin_object().member("change", std::string(1, fit->change)).key("lsoa_2021").begin_array();
    for (const std::string& code : fit->lsoa_2021) json.value(code);
    json.end_array().end_object();
  }
  json.key("successions").begin_array();
  for (const Succession& s : areas.successions_of(area.code)) {
    json.begin_object().member("id", s.id).member("kind", code_of(s.kind)).member("review", store::code_of(s.review));
    write_areas(
        json, "predecessors",
        [&] {
          std::vector<const Area*> list;
          for (const std::string& code : s.predecessors)
            if (const Area* other = areas.find(code)) list.push_back(other);
          return list;
        }(),
        areas, as_at);
    write_areas(
        json, "successors",
        [&] {
          std::vector<const Area*> list;
          for (const std::string& code : s.successors)
            if (const Area* other = areas.find(code)) list.push_back(other);
          return list;
        }(),
        areas, as_at);
    write_date(json, "on", s.on);
    json.member("evidence", s.evidence).end_object();
  }
  json.end_array();
  json.key("look_ups").begin_array();
  for (const Snapshot::Sighting& seen : areas.sightings(area.code))
    json.begin_object()
        .member("day", seen.on.iso())
        .member("name", seen.name)
        .member("source", seen.source)
        .end_object();
  json.end_array();
  json.member("register_version", areas.version());
  json.end_object();
  return json.take();
}

}  // namespace tithing::register_
