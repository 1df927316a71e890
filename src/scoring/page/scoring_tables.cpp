#include "scoring/page/scoring_tables.h"

#include "base/text.h"
#include "base/translation.h"

namespace tithing::scoring {

namespace {

using exports::ColumnKind;
using exports::text_cell;
using exports::unknown_cell;

int decimals_of_place(double rank) {
  return rank == static_cast<double>(static_cast<int>(rank)) ? 0 : 1;
}  // 1.5: shared

exports::Cell place_cell(const statistics::ItemScore& item) {
  return item.score ? exports::decimal_cell(item.rank, decimals_of_place(item.rank)) : unknown_cell("");
}

exports::Cell value_cell(const statistics::CellScore& cell) {
  if (!cell.value) return unknown_cell(tr("Nobody has scored it."));
  exports::Cell out = exports::decimal_cell(*cell.value, 1);
  if (cell.is_moderated) return out.noted(tr("agreed"));
  return cell.high > cell.low ? out.noted(tr("from {0} to {1}", {fixed(cell.low, 0), fixed(cell.high, 0)})) : out;
}

}  // namespace

exports::Table order_table(const Sheet& sheet, const Outcome& outcome, const std::optional<Outcome>& own,
                           const std::function<html::Url(std::size_t item)>& explained) {
  exports::Table table{.id = "matrix", .title = tr("Scores and order"), .caption = tr("Scores and order")};
  const auto number = [&](const std::string& key, const Label& heading, ColumnKind kind = ColumnKind::decimal) {
    table.columns.push_back({key, heading, kind, {}, true});
  };
  number("item", tr("What is scored"), ColumnKind::text);
  // The answer first, then what it is made of: seven criteria are wider than a page.
  number("score", tr("Score"));
  number("rank", tr("Place"));
  if (own) number("rank-agreed", tr("Place with the exercise's weights"));
  table.columns.push_back({"range", tr("Places when weights move"), ColumnKind::text});
  number("first", tr("First in"), ColumnKind::per_cent);
  for (const Criterion& criterion : sheet.criteria) number("c-" + criterion.code, as_name(criterion.name));
  const auto ranked = [](double rank) { return fixed(rank, decimals_of_place(rank)); };
  for (std::size_t i = 0; i < sheet.items.size(); ++i) {
    const statistics::ItemScore& item = outcome.found.items[i];
    exports::Row row{text_cell(sheet.items[i].name)};
    row.push_back(item.score ? exports::decimal_cell(*item.score, 2).linked(explained(i), "s = sum(w x v) / sum(w)")
                             : unknown_cell(tr("Nobody has scored it.")));
    row.push_back(place_cell(item));
    if (own) row.push_back(place_cell(own->found.items[i]));
    if (outcome.stability && item.score) {
      const auto& range = outcome.stability->items[i];
      row.push_back(text_cell(range.best == range.worst ? ranked(range.best)
                                                        : ranked(range.best) + " to " + ranked(range.worst)));
      row.push_back(exports::per_cent_cell(range.first_share, 0));
    } else {
      row.resize(row.size() + 2, unknown_cell(""));
    }
    for (const statistics::CellScore& cell : item.cells) row.push_back(value_cell(cell));
    table.rows.push_back(std::move(row));
  }
  table.notes = {
      "Places when weights move: over 2,000 draws in which each weight is multiplied by a number between two thirds "
      "and one and a half (seed 1). First in: share of those draws, alone or together with others. Equal scores share "
      "the mean of their places: two that lead are both at 1.5."};
  return table;
}

std::vector<Message> what_puts_another_first(const Sheet& sheet, const Outcome& outcome) {
  std::vector<Message> sentences;
  if (!outcome.stability) return sentences;
  for (const auto& flip : outcome.stability->flips) {
    const std::string& criterion = sheet.criteria[flip.criterion].name;
    if (flip.weight_below)
      sentences.push_back(tr("{0} at {1} or less puts {2} first.",
                             {criterion, fixed(*flip.weight_below, 2), sheet.items[flip.item_below].name}));
    if (flip.weight_above)
      sentences.push_back(tr("{0} at {1} or more puts {2} first.",
                             {criterion, fixed(*flip.weight_above, 2), sheet.items[flip.item_above].name}));
  }
  return sentences;
}

exports::Table criteria_table(const Sheet& sheet) {
  exports::Table table{.id = "criteria", .title = tr("Criteria"), .caption = tr("Criteria and their weights")};
  table.columns = {{"name", tr("Criterion"), ColumnKind::text},
                   {"weight", tr("Weight"), ColumnKind::integer},
                   {"guidance", tr("What a score means"), ColumnKind::text}};
  for (const Criterion& one : sheet.criteria)
    table.rows.push_back({text_cell(one.name), exports::integer_cell(one.weight), text_cell(one.guidance)});
  return table;
}

}  // namespace tithing::scoring
