#include "slices/bodies/calendar.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "slices/bodies/duties.h"

namespace tithing::bodies {
namespace {

struct Method {
  enum class Kind {
    unknown,
    quarter,
    day,
    clear_working_days,
    days_before,
    months_after_meeting,
    no_day
  } kind = Kind::unknown;
  int number = 0;  // of days or months
  int month = 0;
  int day = 0;
  std::string of;  // code of the body whose meetings count; empty: the body's own
};

int whole(const std::string& text) {
  return text.empty() || text.size() > 3 || text.find_first_not_of("0123456789") != std::string::npos ? -1
                                                                                                      : std::stoi(text);
}

Method method_of(const Fact& rule) {
  const std::vector<std::string> parts = split(rule.detail, ' ');
  Method method;
  if (rule.detail == "quarter") method.kind = Method::Kind::quarter;
  if (rule.detail == "no-day") method.kind = Method::Kind::no_day;
  if (parts.size() == 3 && parts[0] == "days-before")
    method.of = parts[2];
  else if (parts.size() != 2)
    return method;
  if (parts[0] == "day" && parts[1].size() == 5 && parts[1][2] == '-') {
    method.month = whole(parts[1].substr(0, 2));
    method.day = whole(parts[1].substr(3));
    if (Date::exists(2023, method.month, method.day)) method.kind = Method::Kind::day;
  }
  method.number = whole(parts[1]);
  if (method.number < 1) return method;
  if (parts[0] == "clear-working-days") method.kind = Method::Kind::clear_working_days;
  if (parts[0] == "days-before") method.kind = Method::Kind::days_before;
  if (parts[0] == "months-after-meeting" && method.number <= 120) method.kind = Method::Kind::months_after_meeting;
  return method;
}

bool is_working(Date day, const std::set<Date>& holidays) { return day.weekday() <= 5 && holidays.count(day) == 0; }

bool is_for(const Register& all, const Fact& rule, const std::string& body, Date day) {
  if (!all.stands(body, day) || standing(rule, day) != Standing::in_force) return false;
  const std::string kind = all.kind_of(body, day);
  bool named = false;
  for (const std::string& part : split(rule.other, ';')) named = named || trimmed(part) == kind;
  if (!named) return false;
  const bool by_area = rule.holder.find_first_of("0123456789") != std::string::npos;
  const std::vector<std::string> extent = split(rule.holder, ';');
  const FactList areas = all.of_body(body, FactKind::area, day);
  if (areas.empty()) return !by_area;
  return std::any_of(areas.begin(), areas.end(), [&](const FactPointer& area) {
    return by_area ? std::find(extent.begin(), extent.end(), area->value) != extent.end()
                   : extends_to(rule.holder, area->value);
  });
}

// The list reaches over the days that were counted: from the day that was found to the meeting.
std::optional<Date> working_days_before(Date event, int count, const BankHolidays& holidays) {
  if (!holidays.reaches(event, event)) return std::nullopt;
  const Date day = clear_working_days_before(event, count, holidays.days);
  return holidays.reaches(day, event) ? std::optional(day) : std::nullopt;
}

std::string reach_of(const BankHolidays& holidays) {
  if (!holidays.from) return "there is no list of bank holidays";
  std::string text =
      "the list of bank holidays reaches from " + holidays.from->text() + " to " + holidays.to->plus_days(-1).text();
  if (!holidays.missing.empty()) {
    std::vector<std::string> years;
    for (const int year : holidays.missing) years.push_back(std::to_string(year));
    text += ", without " + joined(years, ", ");
  }
  return text;
}

std::vector<Date> meetings_recorded(const Register::Entry& entry) {
  std::vector<Date> out;
  for (const FactPointer& meeting : entry.of(FactKind::meeting))
    if (meeting->from) out.push_back(*meeting->from);
  std::sort(out.begin(), out.end());
  return out;
}

bool counts_from_meetings(const Method& method) {
  return method.kind == Method::Kind::clear_working_days || method.kind == Method::Kind::days_before ||
         method.kind == Method::Kind::months_after_meeting;
}

std::string provision_of(const Fact& rule) {
  return rule.paper + (rule.paragraph.empty() ? "" : ", " + rule.paragraph);
}

std::string ics_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (c != '\r')
      out += c;
  }
  return out;
}

// A line of at most 75 bytes, continued after a line end and a space, never within a character.
void ics_line(std::string& out, std::string line) {
  std::size_t room = 75;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    out += line.substr(0, cut) + "\r\n ";
    line.erase(0, cut);
    room = 74;
  }
  out += line + "\r\n";
}

std::string compact(Date day) {
  std::string iso = day.iso();
  iso.erase(std::remove(iso.begin(), iso.end(), '-'), iso.end());
  return iso;
}

}  // namespace

BankHolidays bank_holidays(const Register& all) {
  BankHolidays out;
  std::set<int> years;
  for (const FactPointer& fact : all.general(FactKind::bank_holiday)) {
    if (!fact->from) continue;
    out.days.insert(*fact->from);
    years.insert(fact->from->year());
  }
  if (years.empty()) return out;
  out.from = Date::from_ymd(*years.begin(), 1, 1);
  out.to = Date::from_ymd(*years.rbegin() + 1, 1, 1);
  for (int year = *years.begin(); year < *years.rbegin(); ++year)
    if (years.count(year) == 0) out.missing.insert(year);
  return out;
}

bool BankHolidays::reaches(Date first, Date last) const {
  if (!from || first < *from || last >= *to) return false;
  for (int year = first.year(); year <= last.year(); ++year)
    if (missing.count(year) != 0) return false;
  return true;
}

Date clear_working_days_before(Date event, int count, const std::set<Date>& holidays) {
  Date day = event.plus_days(-1);
  for (int left = count;; day = day.plus_days(-1)) {
    if (!is_working(day, holidays)) continue;
    if (left-- == 0) return day;
  }
}

Date quarter_start(Date day) { return Date::from_ymd(day.year(), (day.month() - 1) / 3 * 3 + 1, 1); }

std::vector<Due> calendar(const Register& all, const std::vector<std::string>& bodies, Date from, Date to) {
  std::vector<Due> out;
  const BankHolidays holidays = bank_holidays(all);
  for (const FactPointer& rule : all.general(FactKind::rule)) {
    const Method method = method_of(*rule);
    // Of a meeting it counts whether the body stands on the day of the meeting, not on the day when papers are due.
    const auto add = [&](Date day, const std::string& body, const std::string& about,
                         std::optional<Date> meeting = std::nullopt) {
      if (day < from || day >= to || !is_for(all, *rule, body, meeting.value_or(day))) return;
      const Fact* existence = all.existence(body, meeting.value_or(day));
      const bool known = existence && standing(*existence, meeting.value_or(day)) == Standing::in_force;
      out.push_back({day, body, rule->value, rule->role + ", version " + std::to_string(rule->amount.value_or(1)),
                     provision_of(*rule), about,
                     known || !existence ? std::string() : standing_text(*existence, meeting.value_or(day))});
    };
    for (const std::string& body : bodies) {
      const Register::Entry* entry = all.find(body);
      if (!entry) continue;
      switch (method.kind) {
        case Method::Kind::quarter:
          for (Date start = quarter_start(from); start < to; start = quarter_start(start.plus_days(95))) {
            const Date before = quarter_start(start.plus_days(-1));
            add(quarter_start(start.plus_days(95)).plus_days(-1), body,
                before.text() + " to " + start.plus_days(-1).text());
          }
          break;
        case Method::Kind::day:
          for (int year = from.year(); year <= to.year(); ++year)
            add(Date::from_ymd(year, method.month, method.day), body, "");
          break;
        case Method::Kind::clear_working_days:
        case Method::Kind::days_before: {
          const Register::Entry* whose = method.of.empty() ? entry : all.find(method.of);
          if (!whose) break;
          for (const Date meeting : meetings_recorded(*whose)) {
            const auto day = method.kind == Method::Kind::days_before
                                 ? std::optional(meeting.plus_days(-method.number))
                                 : working_days_before(meeting, method.number, holidays);
            const std::string of = method.of.empty() ? std::string() : " of " + all.name_at(method.of, meeting);
            if (day) add(*day, body, "Meeting" + of + " on " + meeting.text(), meeting);
          }
          break;
        }
        case Method::Kind::months_after_meeting: {
          const std::vector<Date> meetings = meetings_recorded(*entry);
          for (std::size_t i = 0; i < meetings.size(); ++i) {
            const Date due = months_after(meetings[i], method.number);
            const bool another = i + 1 < meetings.size();
            if (another && meetings[i + 1] <= due) continue;
            add(due, body,
                "Counted from the meeting on " + meetings[i].text() +
                    (another ? "; the next that is recorded is on " + meetings[i + 1].text()
                             : "; no later one is recorded"));
          }
          break;
        }
        case Method::Kind::no_day:
        case Method::Kind::unknown:
          break;
      }
    }
  }
  std::sort(out.begin(), out.end(), [](const Due& a, const Due& b) {
    return a.day != b.day ? a.day < b.day : a.rule != b.rule ? a.rule < b.rule : a.body < b.body;
  });
  return out;
}

Date months_after(Date day, int months) {
  const Month month = Month::of(day).plus(months);
  return Date::from_ymd(month.year(), month.month(), std::min(day.day(), month.days()));
}

std::vector<std::string> not_derived(const Register& all, const std::vector<std::string>& bodies, Date from, Date to,
                                     bool whole_area) {
  std::vector<std::string> out;
  const Date last = to.plus_days(-1);
  const BankHolidays holidays = bank_holidays(all);
  for (const FactPointer& rule : all.general(FactKind::rule)) {
    const Method method = method_of(*rule);
    if (!counts_from_meetings(method)) continue;
    const bool after = method.kind == Method::Kind::months_after_meeting;
    const bool working = method.kind == Method::Kind::clear_working_days;
    bool holds_for_any = false;
    std::vector<std::string> without;
    std::vector<std::string> beyond;
    for (const std::string& body : bodies) {
      const Register::Entry* entry = all.find(body);
      if (!entry || (!is_for(all, *rule, body, from) && !is_for(all, *rule, body, last))) continue;
      holds_for_any = true;
      const Register::Entry* whose = method.of.empty() ? entry : all.find(method.of);
      const std::vector<Date> meetings = whose ? meetings_recorded(*whose) : std::vector<Date>();
      // A meeting of this time, or soon after it, before which working days cannot be counted.
      if (working)
        for (const Date meeting : meetings)
          if (meeting >= from && meeting < to.plus_days(2 * method.number + 14) &&
              !working_days_before(meeting, method.number, holidays))
            beyond.push_back(all.name_at(body, last) + " on " + meeting.text());
      // What is due before a meeting needs one in this time; what is due after one, any before its end.
      if (std::none_of(meetings.begin(), meetings.end(), [&](Date day) { return day < to && (after || day >= from); }))
        without.push_back(all.name_at(body, last));
    }
    const std::string what = "\"" + rule->value + "\" (" + provision_of(*rule) + ")";
    if (!without.empty())
      out.push_back("No meeting is recorded" + std::string(after ? "" : " in this time") + " of " +
                    joined(without, ", ") + ": when " + what + " falls due is not known.");
    if (!beyond.empty())
      out.push_back("When " + what + " falls due before the meeting of " + joined(beyond, ", ") +
                    " is not known: working days have to be counted, and " + reach_of(holidays) +
                    ". Import the list of the years that are missing.");
    if (!holds_for_any && after && whole_area && !bodies.empty()) {
      std::vector<std::string> kinds;
      for (const std::string& kind : split(rule->other, ';'))
        kinds.push_back(all.kind_name(std::string(trimmed(kind))));
      out.push_back("No " + joined(kinds, " or ") + " is recorded here: when " + what + " falls due is not known.");
    }
  }
  return out;
}

FactList rules_without_day(const Register& all, const std::string& body, Date day) {
  FactList out;
  for (const FactPointer& rule : all.general(FactKind::rule))
    if (method_of(*rule).kind == Method::Kind::no_day && standing(*rule, day) == Standing::in_force &&
        (body.empty() || is_for(all, *rule, body, day)))
      out.push_back(rule);
  return out;
}

std::vector<std::string> rules_not_understood(const Register& all) {
  std::vector<std::string> out;
  for (const FactPointer& rule : all.general(FactKind::rule))
    if (method_of(*rule).kind == Method::Kind::unknown)
      out.push_back("The rule " + rule->role + " counts by \"" + rule->detail +
                    "\", which is not known here, so nothing is derived from it.");
  return out;
}

std::string to_ics(const Register& all, const std::vector<Due>& entries, const std::string& made,
                   const std::vector<std::string>& left_out) {
  std::string out;
  ics_line(out, "BEGIN:VCALENDAR");
  ics_line(out, "VERSION:2.0");
  ics_line(out, "PRODID:-//Tithing//Register//EN");
  ics_line(out, "CALSCALE:GREGORIAN");
  if (!left_out.empty()) ics_line(out, "X-WR-CALDESC:" + ics_text(joined(left_out, " ")));
  for (const Due& due : entries) {
    ics_line(out, "BEGIN:VEVENT");
    ics_line(out, "UID:" + sha256(due.rule + "|" + due.body + "|" + due.day.iso() + "|" + due.about).substr(0, 32) +
                      "@tithing");
    ics_line(out, "DTSTAMP:" + made);
    ics_line(out, "DTSTART;VALUE=DATE:" + compact(due.day));
    ics_line(out, "DTEND;VALUE=DATE:" + compact(due.day.plus_days(1)));
    ics_line(out, "SUMMARY:" + ics_text(due.what + " (" + all.name_at(due.body, due.day) + ")"));
    ics_line(out, "DESCRIPTION:" + ics_text((due.about.empty() ? "" : due.about + ". ") +
                                            (due.standing.empty() ? "" : "The body: " + due.standing + ". ") + "Rule " +
                                            due.rule + ": " + due.provision));
    ics_line(out, "TRANSP:TRANSPARENT");
    ics_line(out, "END:VEVENT");
  }
  ics_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace tithing::bodies
