// How pages and tables carry what has to be said of a category in time (`category_notes`, docs/adr/0014): sentences
// beside the number, a short mark in a table with the sentences in its notes. One way for every room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/words.h"
#include "exports/table.h"
#include "html/html.h"

namespace tithing::evidence {

// From which month on, and not before `earliest`, the category has counted what it counts in `month`: a series that
// goes back for its limits or its season goes back so far and no further. `month` itself where the category had not
// begun.
Month same_since(std::string_view slug, Month earliest, Month month);
// What a cell says instead of a signal where the category changed within the months (`no_series_across`).
inline constexpr std::string_view kNotToldAcross = "not told: the category changed";
// The sentences of `category_notes`, their months as dates.
std::vector<Words> category_words(std::string_view slug, Period period);
// The same as paragraphs, to stand beside the number. Writes nothing where there is nothing to say.
void write_category_notes(html::Writer& writer, std::string_view slug, Period period);
// A table about one category: its sentences among the notes.
void carry_category(exports::Table& table, std::string_view slug, Period period);
// The same with the mark in every row, for series, whose rows go on in files of others.
void carry_category_in_rows(exports::Table& table, std::string_view slug, Period period);
// A table whose rows are categories, `slugs` one for each row: the mark of each in a column of its own, in files too,
// and the sentences of those that were narrowed among the notes.
void carry_categories(exports::Table& table, const std::vector<std::string>& slugs, Period period);

}  // namespace tithing::evidence
