#include "slices/bodies/facts.h"

#include <algorithm>
#include <cstdio>

#include "base/csv.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::bodies {
namespace {

constexpr std::array<std::string_view, kFactKindCount> kCodes = {
    "kind",   "function", "rule",       "bank-holiday", "body",    "name",      "identifier", "area",
    "parent", "post",     "membership", "meetings",     "meeting", "discharge", "statement",  "succession"};
constexpr std::array<std::string_view, kFactKindCount> kNames = {"kind of body",
                                                                 "function",
                                                                 "rule of the calendar",
                                                                 "bank holiday",
                                                                 "existence",
                                                                 "name",
                                                                 "identifier",
                                                                 "area served",
                                                                 "line upward",
                                                                 "post",
                                                                 "seat",
                                                                 "meetings a year",
                                                                 "meeting",
                                                                 "function discharged",
                                                                 "statement of a paper",
                                                                 "succession"};

Result<std::optional<Date>> day_from(const std::string& text, const char* column) {
  if (text.empty()) return std::optional<Date>();
  const auto day = Date::parse(text);
  if (!day)
    return invalid(
        tr("The column {0} must hold a day such as 2012-04-01, or nothing; it holds \"{1}\".", {column, text}));
  return std::optional<Date>(*day);
}

std::string iso(const std::optional<Date>& day) { return day ? day->iso() : std::string(); }

std::optional<std::int64_t> whole(const std::string& text) {
  if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::stoll(text);
}

}  // namespace

std::string_view code_of(FactKind kind) { return kCodes[static_cast<std::size_t>(kind)]; }
std::string_view name_of(FactKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<FactKind> fact_kind_from(std::string_view code) {
  for (std::size_t i = 0; i < kCodes.size(); ++i)
    if (kCodes[i] == code) return static_cast<FactKind>(i);
  return std::nullopt;
}

const std::array<SeatRole, 9>& seat_roles() {
  static const std::array<SeatRole, 9> roles = {{{"chair", "chair", "not known"},
                                                 {"vice-chair", "vice-chair", "not known"},
                                                 {"member", "member (voting)", "yes"},
                                                 {"associate", "associate (without a vote)", "no"},
                                                 {"officer", "officer", "not known"},
                                                 {"link-member", "link member", "not known"},
                                                 {"liaison-officer", "liaison officer", "not known"},
                                                 {"substitute", "substitute", "not known"},
                                                 {"represented", "represented (as what is not known)", "not known"}}};
  return roles;
}

const SeatRole* seat_role(std::string_view code) {
  for (const SeatRole& role : seat_roles())
    if (role.code == code) return &role;
  return nullptr;
}

const std::array<SuccessionType, 6>& succession_types() {
  static const std::array<SuccessionType, 6> types = {{{"renamed", "was renamed"},
                                                       {"replaced", "was replaced by"},
                                                       {"merged", "merged into"},
                                                       {"split", "was split into"},
                                                       {"functions-transferred", "passed functions to"},
                                                       {"ended", "ended"}}};
  return types;
}

const std::array<Term, 6>& instrument_kinds() {
  static const std::array<Term, 6> kinds = {
      {{"order", "order"},
       {"act", "Act or regulation"},
       {"agreement", "agreement of the authorities"},
       {"decision", "decision notice"},
       {"minute", "minute of a meeting"},
       {"official-list", "official list that shows it (it does not say who decided)"}}};
  return kinds;
}

std::string_view term_of(const std::array<Term, 6>& terms, std::string_view code) {
  for (const Term& term : terms)
    if (term.code == code) return term.name;
  return code;
}

const std::array<Term, 10>& statement_topics() {
  static const std::array<Term, 10> topics = {{{"background", "background"},
                                               {"funding", "funding"},
                                               {"attendance", "attendance"},
                                               {"endorsement", "endorsement"},
                                               {"priority", "priorities"},
                                               {"measure", "measures of success"},
                                               {"view", "views"},
                                               {"interest", "interests of the author"},
                                               {"driver", "what drives the change"},
                                               {"overlap", "who sits in several bodies"}}};
  return topics;
}

std::string_view topic_of(std::string_view code) {
  for (const Term& term : statement_topics())
    if (term.code == code) return term.name;
  return code;
}

const std::array<LineWords, 6>& lines() {
  static const std::array<LineWords, 6> all = {{{"reports-to", "reports to"},
                                                {"supported-by", "is supported by"},
                                                {"supports", "supports"},
                                                {"funded-by", "gets strategic priorities and funding from"},
                                                {"co-ordinated-by", "is co-ordinated by"},
                                                {"part-of", "is a group of"}}};
  return all;
}

const LineWords* line_words(std::string_view code) {
  for (const LineWords& line : lines())
    if (line.code == (code.empty() ? std::string_view("reports-to") : code)) return &line;
  return nullptr;
}

std::string vote_of(const Fact& seat) {
  if (!seat.detail.empty()) return seat.detail;
  const SeatRole* role = seat_role(seat.role);
  return std::string(role ? role->vote : "not known");
}

std::optional<double> meetings_a_year(const Fact& fact) {
  if (fact.amount) return static_cast<double>(*fact.amount);
  const auto weeks = whole(fact.role);
  if (!weeks || *weeks < 1) return std::nullopt;
  return 365.25 / (7.0 * static_cast<double>(*weeks));
}

std::string meetings_text(const Fact& fact) {
  std::string text;
  if (fact.amount) {
    text = plural(*fact.amount, "meeting", "meetings") + " a year";
  } else {
    char number[32];
    std::snprintf(number, sizeof number, "%.1f", meetings_a_year(fact).value_or(0));
    text = fact.role == "1" ? std::string("a meeting every week, about ")
                            : "a meeting every " + fact.role + " weeks, about ";
    text += std::string(number) + " a year";
  }
  return text + (fact.detail.empty() ? "" : " of " + fact.detail + " minutes");
}

bool same_words(const Fact& a, const Fact& b) { return fields_of(a) == fields_of(b); }

Standing standing(const Fact& fact, Date day) {
  if (fact.to && day >= *fact.to) return Standing::over;
  if (fact.state == "proposed") return Standing::proposed;
  if (fact.from && day < *fact.from) return Standing::not_yet;
  if (!fact.from && fact.seen && day < *fact.seen) return Standing::not_known;
  const auto last = last_known(fact);
  return last && day > *last ? Standing::known_then : Standing::in_force;
}

std::optional<Date> last_known(const Fact& fact) {
  // The day of a succession's instrument, and the time of a holiday or a rule, say nothing of how long it is known to
  // hold.
  if (fact.to || !fact.seen || fact.kind == FactKind::succession) return std::nullopt;
  return fact.from && *fact.seen < *fact.from ? fact.from : fact.seen;
}

std::string_view name_of(Standing standing) {
  switch (standing) {
    case Standing::in_force:
      return "in force";
    case Standing::not_yet:
      return "not yet";
    case Standing::over:
      return "over";
    case Standing::not_known:
      return "not known";
    case Standing::proposed:
      return "proposed";
    case Standing::known_then:
      return "known earlier, not known whether still";
  }
  return "not known";
}

std::string standing_text(const Fact& fact, Date day) {
  const Standing now = standing(fact, day);
  if (now != Standing::known_then) return std::string(name_of(now));
  return "known on " + last_known(fact)->text() + ", not known whether still";
}

std::string holds_text(const Fact& fact, Date day) {
  if (standing(fact, day) != Standing::known_then) return period_text(fact);
  return (fact.from ? "since " + fact.from->text() + "; " : std::string()) + standing_text(fact, day);
}

std::string period_text(const Fact& fact) {
  if (fact.state == "proposed" && !fact.from) return "proposed; no day is set";
  std::string text;
  const auto last = last_known(fact);
  if (fact.from) {
    text = fact.to ? fact.from->text() + " to " + fact.to->plus_days(-1).text() : "since " + fact.from->text();
    if (last && fact.state != "proposed") text += "; last known on " + last->text();
  } else if (last) {
    text = "known on " + last->text() + "; since when and until when is not known";
  } else {
    text = "from a day that is not known";
    if (fact.seen) text += ", known from " + fact.seen->text();
    if (fact.to) text += ", until " + fact.to->plus_days(-1).text();
  }
  if (fact.state == "proposed") text = "proposed, " + text;
  return text;
}

std::string text_of(const Fact& fact) {
  std::string text(name_of(fact.kind));
  if (fact.kind == FactKind::meetings) return text + ": " + meetings_text(fact);
  if (fact.kind == FactKind::parent) {
    const LineWords* line = line_words(fact.value);
    return text + ": " + std::string(line ? line->upward : std::string_view(fact.value)) + " (" + fact.other + "), " +
           fact.role;
  }
  if (fact.kind == FactKind::statement) {
    if (!fact.role.empty()) text += ", " + std::string(topic_of(fact.role));
    return text + ": " + fact.value + (fact.other.empty() ? "" : " (" + fact.other + ")");
  }
  if (fact.kind == FactKind::succession) {
    text += ": " + fact.role + (fact.other.empty() ? "" : " (" + fact.other + ")");
    return fact.state.empty()
               ? text
               : text + ", by " + std::string(term_of(instrument_kinds(), fact.state)) + ": " + fact.value;
  }
  if (fact.kind == FactKind::membership) {
    const SeatRole* role = seat_role(fact.role);
    text += ": " + (role ? std::string(role->name) : fact.role);
  } else if (!fact.role.empty()) {
    text += ": " + fact.role;
  }
  if (fact.state == "vacant") text += ", vacant";
  if (!fact.value.empty()) text += ", " + fact.value;
  if (!fact.other.empty()) text += " (" + fact.other + ")";
  if (!fact.holder.empty()) text += ", held by " + fact.holder;
  if (fact.amount) text += ", " + std::to_string(*fact.amount);
  return text;
}

std::vector<std::string> predecessors_of(const Fact& succession) {
  std::vector<std::string> out;
  for (const std::string& part : split(succession.body, ';'))
    if (const auto code = trimmed(part); !code.empty()) out.emplace_back(code);
  return out;
}

Result<std::vector<Share>> successors_of(const Fact& succession) {
  std::vector<Share> out;
  for (const std::string& part : split(succession.other, ';')) {
    const std::string text(trimmed(part));
    if (text.empty()) continue;
    const std::size_t equals = text.find('=');
    Share share{text.substr(0, equals), 0};
    if (equals != std::string::npos) {
      const auto number = whole(text.substr(equals + 1));
      if (!number || *number < 1 || *number > 99)
        return invalid(tr("The share in \"{0}\" must be a whole number of per cent from 1 to 99.", {text}));
      share.per_cent = *number;
    }
    out.push_back(std::move(share));
  }
  return out;
}

const std::vector<std::string>& fact_columns() {
  static const std::vector<std::string> columns = {"fact",   "body",      "other",  "role",    "value", "detail",
                                                   "holder", "state",     "amount", "from",    "to",    "seen",
                                                   "paper",  "paragraph", "note",   "inferred"};
  return columns;
}

std::vector<std::string> fields_of(const Fact& f) {
  return {std::string(code_of(f.kind)),
          f.body,
          f.other,
          f.role,
          f.value,
          f.detail,
          f.holder,
          f.state,
          f.amount ? std::to_string(*f.amount) : std::string(),
          iso(f.from),
          iso(f.to),
          iso(f.seen),
          f.paper,
          f.paragraph,
          f.note,
          f.inferred};
}

Result<Fact> fact_from(const std::vector<std::string>& header, const std::vector<std::string>& fields) {
  const auto get = [&](std::string_view column) {
    for (std::size_t i = 0; i < header.size() && i < fields.size(); ++i)
      if (header[i] == column) {
        std::string text(trimmed(fields[i]));
        // The apostrophe by which an export keeps a spreadsheet from reading a formula.
        if (text.size() > 1 && text[0] == '\'' && std::string_view("=+-@").find(text[1]) != std::string_view::npos)
          text.erase(0, 1);
        return text;
      }
    return std::string();
  };
  Fact fact;
  const auto kind = fact_kind_from(get("fact"));
  if (!kind)
    return invalid(tr("The column fact holds \"{0}\". Write one of: {1}.", {get("fact"), [] {
                                                                              std::vector<std::string> all(
                                                                                  kCodes.begin(), kCodes.end());
                                                                              return joined(all, ", ");
                                                                            }()}));
  fact.kind = *kind;
  fact.body = get("body");
  fact.other = get("other");
  fact.role = get("role");
  fact.value = get("value");
  fact.detail = get("detail");
  fact.holder = get("holder");
  fact.state = get("state");
  if (const std::string amount = get("amount"); !amount.empty()) {
    fact.amount = whole(amount);
    if (!fact.amount)
      return invalid(tr("The column amount must hold a whole number, or nothing; it holds \"{0}\".", {amount}));
  }
  for (const auto& [column, day] : {std::pair{"from", &fact.from}, {"to", &fact.to}, {"seen", &fact.seen}}) {
    const auto read = day_from(get(column), column);
    if (!read) return pass_on(read);
    *day = *read;
  }
  fact.paper = get("paper");
  fact.paragraph = get("paragraph");
  fact.note = get("note");
  fact.inferred = get("inferred");
  return fact;
}

Result<std::vector<CsvRow>> read_csv(std::string_view text) {
  if (!is_utf8(text)) return invalid(tr("The file is not UTF-8. Save it as \"CSV UTF-8\" and try again."));
  std::vector<CsvRow> rows;
  CsvReader reader(text);
  std::vector<std::string> fields;
  while (reader.next(fields)) {
    if (reader.broken())
      return invalid(tr("A quotation mark that opens in line {0} is never closed.", {std::to_string(reader.line())}));
    if (fields.size() > 1 || !fields[0].empty()) rows.push_back({reader.line(), fields});
  }
  return rows;
}

}  // namespace tithing::bodies
