// Tables of bodies and facts.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/pages_view.h"
#include "slices/bodies/proposals.h"

namespace tithing::bodies {

namespace {

// "is supported by the Forum; is a group of the Partnership (known on .., not known whether still)"
std::string above(const Register& all, const std::string& code, Date as_at) {
  std::vector<std::string> lines;
  for (const FactPointer& fact : all.of_body(code, FactKind::parent, as_at)) {
    const LineWords* line = line_words(fact->value);
    // Where the body itself is only known of an earlier day, its row says so already.
    const bool said = all.known_on(*fact, as_at) || all.standing_of(code, as_at) == Standing::known_then;
    lines.push_back((line ? std::string(line->upward) : fact->value) + " " + all.name_at(fact->other, as_at) +
                    (said ? std::string() : " (" + standing_text(*fact, as_at) + ")"));
  }
  return joined(lines, "; ");
}

// How many seats are known. Where none is, whether anybody sits there is not known either.
Cell seats_cell(const Register& all, const std::string& code, Date as_at) {
  const FactList seats = all.known_of(code, FactKind::membership, as_at);
  if (seats.empty()) return exports::unknown_cell({});  // why is said under the table
  return exports::integer_cell(static_cast<std::int64_t>(seats.size()));
}

}  // namespace

exports::Table list_table(BodiesService& service, const Register& all, const std::string& area, const std::string& kind,
                          Date as_at, const std::string& called, ListPart* part) {
  exports::Table table{.id = "bodies", .title = tr("Bodies on {0}", {as_at.text()})};
  table.columns = {
      {"name", tr("Name"), ColumnKind::text, {}, true},   {"kind", tr("Kind"), ColumnKind::text, {}, true},
      {"above", tr("Bodies above it"), ColumnKind::text}, {"seats", tr("Seats"), ColumnKind::integer, {}, true},
      {"since", tr("Holds"), ColumnKind::text},           {"on", tr("On {0}", {as_at.text()}), ColumnKind::text}};
  table.notes = {"Seats: not known where nobody is known to sit on that day."};
  // Views into the register: of 10,000 bodies only the rows that are shown are copied.
  struct Line {
    const std::string* code;
    const std::string* name;
    const Fact* existence;
    std::string by;     // the name, without regard to case: the order of equals, as exports::sort_rows has it
    std::string first;  // what it is sorted by, where that is a text
    std::size_t seats;
  };
  std::vector<Line> lines;
  const std::string sort = part ? part->view.sort : std::string();
  const std::string in_name = lowered(trimmed(called));
  const auto take = [&](const std::string& code, const Register::Entry& entry) {
    const Fact* existence = Register::existence_in(entry, as_at);
    if (!existence) return;
    const Standing now = standing(*existence, as_at);
    if (now != Standing::in_force && now != Standing::proposed && now != Standing::known_then) return;
    if (!kind.empty() && existence->role != kind) return;
    const std::string* name = Register::name_in(entry, as_at);
    if (!name) name = &code;
    if (!in_name.empty() && lowered(*name).find(in_name) == std::string::npos) return;
    Line line{&code, name, existence, lowered(*name), {}, 0};
    line.first = sort == "kind" ? lowered(all.kind_name(existence->role)) : sort == "name" ? line.by : std::string();
    if (sort == "seats") line.seats = all.known_of(code, FactKind::membership, as_at).size();
    lines.push_back(line);
  };
  std::vector<std::string> codes;
  if (area.empty()) {
    lines.reserve(all.entries().size());
    for (const auto& [code, entry] : all.entries()) take(code, entry);
  } else {
    codes = service.in_area(all, area, as_at);
    for (const std::string& code : codes)
      if (const Register::Entry* entry = all.find(code)) take(code, *entry);
  }
  std::size_t first = 0;
  std::size_t last = lines.size();
  if (part) {
    part->paging = lists::paging(part->context, static_cast<std::int64_t>(lines.size()));
    first = static_cast<std::size_t>(part->paging.first);
    last = static_cast<std::size_t>(part->paging.last);
  }
  const bool down = part && part->view.descending;
  // Sorted as far as it is shown.
  std::partial_sort(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(last), lines.end(),
                    [&](const Line& x, const Line& y) {
                      if ((x.seats == 0) != (y.seats == 0)) return x.seats != 0;  // what is not known comes last
                      if (x.seats != y.seats) return down ? x.seats > y.seats : x.seats < y.seats;
                      if (x.first != y.first) return down ? x.first > y.first : x.first < y.first;
                      return x.by != y.by ? x.by < y.by : *x.code < *y.code;
                    });
  for (std::size_t i = first; i < last; ++i) {
    const std::string& code = *lines[i].code;
    table.rows.push_back({text_cell(*lines[i].name).linked(plain_url(all, code, as_at)),
                          text_cell(all.kind_name(lines[i].existence->role)), text_cell(above(all, code, as_at)),
                          seats_cell(all, code, as_at), text_cell(period_text(*lines[i].existence)),
                          text_cell(standing_text(*lines[i].existence, as_at))});
  }
  return table;
}

exports::Table difference_table(BodiesService& service, const Register& all, const std::string& area, Date from,
                                Date to) {
  exports::Table table{.id = "difference", .title = tr("What changed between {0} and {1}", {from.text(), to.text()})};
  table.columns = {{"what", tr("What"), ColumnKind::text, {}, true},
                   {"body", tr("Body"), ColumnKind::text, {}, true},
                   {"fact", tr("Fact"), ColumnKind::text, {}, true},
                   {"then", tr("On {0}", {from.text()}), ColumnKind::text},
                   {"now", tr("On {0}", {to.text()}), ColumnKind::text}};
  std::set<std::string> codes;
  for (const Date day : {from, to})
    for (const std::string& code : service.in_area(all, area, day)) codes.insert(code);
  for (const Difference& one : differences(all, from, all, to, codes))
    table.rows.push_back({text_cell(std::string(name_of(one.what))),
                          text_cell(all.name_at(one.body, to)).linked(plain_url(all, one.body, to)),
                          text_cell(std::string(name_of(one.fact))), text_cell(one.then.empty() ? "-" : one.then),
                          text_cell(one.now.empty() ? "-" : one.now)});
  return table;
}

exports::Table facts_table(BodiesService& service, const Register& all, const std::string& area) {
  exports::Table table{.id = "facts", .title = tr("Facts of the register")};
  for (const std::string& column : fact_columns()) {
    const bool day = column == "from" || column == "to" || column == "seen";
    table.columns.push_back({column, as_name(column),
                             day                  ? ColumnKind::date
                             : column == "amount" ? ColumnKind::integer
                                                  : ColumnKind::text});
  }
  std::vector<FactPointer> facts;
  std::set<std::string> wanted;
  for (const Date day : {Date::from_ymd(2000, 1, 1), Date::from_ymd(2012, 1, 1), Date::from_ymd(2022, 12, 31)})
    for (const std::string& code : service.in_area(all, area, day)) wanted.insert(code);
  for (const auto& [record, fact] : all.facts())
    if (area.empty() ||
        wanted.count(fact->kind == FactKind::succession ? predecessors_of(*fact).front() : fact->body) != 0)
      facts.push_back(fact);
  std::sort(facts.begin(), facts.end(), [](const FactPointer& a, const FactPointer& b) {
    return a->kind != b->kind ? a->kind < b->kind : a->record < b->record;
  });
  for (const FactPointer& fact : facts) {
    exports::Row row;
    const std::vector<std::string> fields = fields_of(*fact);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      // Days before those that Excel counts stay as they are written: 2012-04-01.
      const auto day =
          table.columns[i].kind == ColumnKind::date ? Date::parse(fields[i]) : Result<Date>(invalid(std::string()));
      if (day && *day >= Date::from_ymd(1900, 3, 1))
        row.push_back(exports::date_cell(*day));
      else if (table.columns[i].kind == ColumnKind::integer && fact->amount)
        row.push_back(exports::integer_cell(*fact->amount));
      else
        row.push_back(text_cell(fields[i]));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace tithing::bodies
