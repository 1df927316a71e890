#include "slices/evidence/category_marks.h"

#include <algorithm>

#include "base/translation.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/reference_tables.h"

namespace tithing::evidence {

namespace {

// "May 2013" and the like as dates.
Words dated(std::string_view text) {
  Words out;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (int month = 1; month <= 12; ++month) {
      const std::string of_2000 = Month::from_ym(2000, month).text();
      const std::string name = of_2000.substr(0, of_2000.find(' ') + 1);
      const std::size_t end = at + name.size() + 4;
      if (end > text.size() || text.substr(at, name.size()) != name) continue;
      const std::string_view year = text.substr(at + name.size(), 4);
      if (!std::all_of(year.begin(), year.end(), [](char c) { return c >= '0' && c <= '9'; })) continue;
      out += text.substr(from, at - from);
      out += as_date(std::string(text.substr(at, end - at)));
      from = end;
      at = end - 1;
      break;
    }
  }
  out += text.substr(from);
  return out;
}

bool narrowed(std::string_view slug) {
  const auto breaks = category_break_table();
  return std::any_of(breaks.begin(), breaks.end(), [&](const CategoryBreak& one) { return one.slug == slug; });
}

void add_note(exports::Table& table, Words note) {
  const std::string text = note.text();
  if (std::none_of(table.notes.begin(), table.notes.end(), [&](const Words& one) { return one.text() == text; }))
    table.notes.push_back(std::move(note));
}

void add_column(exports::Table& table, const std::vector<std::string>& marks) {
  table.columns.push_back({.key = "category", .heading = tr("As a category")});
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    table.rows[i].push_back(exports::text_cell(i < marks.size() ? dated(marks[i]) : Words()));
}

}  // namespace

Month same_since(std::string_view slug, Month earliest, Month month) {
  if (month <= earliest) return earliest;
  if (const KnownCrimeType* known = known_crime_type(slug)) {
    const Month first = Month::from_ym(known->first_year, known->first_month);
    earliest = std::min(std::max(earliest, first), month);
  }
  const std::vector<Month> steps = category_steps(slug, {earliest, month});
  return steps.empty() ? earliest : steps.back();
}

std::vector<Words> category_words(std::string_view slug, Period period) {
  std::vector<Words> words;
  for (const std::string& note : category_notes(slug, period)) words.push_back(dated(note));
  return words;
}

void write_category_notes(html::Writer& writer, std::string_view slug, Period period) {
  for (const Words& note : category_words(slug, period))
    writer.element("p", {{"class", "govuk-body"}}, html::Content(note));
}

void carry_category(exports::Table& table, std::string_view slug, Period period) {
  for (Words& note : category_words(slug, period)) add_note(table, std::move(note));
}

void carry_category_in_rows(exports::Table& table, std::string_view slug, Period period) {
  if (const std::string mark = category_mark(slug, period); !mark.empty())
    add_column(table, std::vector<std::string>(table.rows.size(), mark));
  carry_category(table, slug, period);
}

void carry_categories(exports::Table& table, const std::vector<std::string>& slugs, Period period) {
  std::vector<std::string> marks;
  bool any = false, others = false;
  for (const std::string& slug : slugs) {
    marks.push_back(category_mark(slug, period));
    any = any || !marks.back().empty();
    if (narrowed(slug))
      carry_category(table, slug, period);
    else
      others = others || !marks.back().empty();
  }
  if (!any) return;
  add_column(table, marks);
  if (others)
    add_note(table,
             "A category that began later, or ended, was counted in others before, or is since: its months are no "
             "series across that.");
}

}  // namespace tithing::evidence
