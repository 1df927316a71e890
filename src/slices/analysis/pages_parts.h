// What the pages of the Analysis room share: their frame, the parts of their forms, a table with its files, a figure in
// a sentence.
#pragma once

#include "govuk/components.h"
#include "slices/analysis/pages.h"
#include "web/web.h"

namespace tithing::analysis {

std::string room_path(const View& view);
web::PageOptions frame(const Wiring& wiring, const View& view, const web::Context& context, const std::string& what);

std::vector<govuk::SelectItem> month_items(Period available, Month chosen);
void month_select(html::Writer& writer, const std::string& name, const Message& label, const View& view, Month chosen);
void type_select(html::Writer& writer, const View& view);

// What the table of this name carries of the category that it is about (evidence/category_marks.h): series in every
// row, other tables in a note. Tables of all categories, change and signals, carry theirs already.
void carry_category(exports::Table& table, const std::string& name, const View& view);
// The months of which a page tells: those asked for, and those they are compared with. Of for_page(view, name).
Period months_told(const View& view, const std::string& name);

// The table with links to its files at /areas/<code>/analysis/<name>/table.csv and .xlsx.
html::Markup section(exports::Table table, const std::string& name, const View& view, const web::Context& context,
                     bool paged = true);
// "Label: figure. In words." or the reason why there is none. `also`: as for told().
void answer_line(html::Writer& writer, const Message& label, const Result<figures::Figure>& figure, bool large = false,
                 const Message& unit = {}, const std::vector<Numeral>& also = {});
Result<figures::Figure> ask(const Wiring& wiring, const View& view, const std::string& kind,
                            const std::vector<std::pair<std::string, std::string>>& extra = {});

// Over what the page's method ran, as a sentence; or a warning that it is no answer for the whole, with links to the
// parts. Its numbers lead to the working of `figure`, which rests on the same places.
void extent_line(html::Writer& writer, const View& view, const Places& places, const web::Context& context,
                 const Result<figures::Figure>& figure);

exports::Lines sources_of(Period period);
exports::Cell decimal_or(const std::optional<double>& number, int decimals, const std::string& why);
// A figure's sentence, in which each number that stands in its working (asked for with Detail::working) or is an end of
// its interval leads there, and the year after a month is a date. `also`: names and codes that the sentence may hold.
Words told(const figures::Figure& figure, const std::vector<Numeral>& also = {});
// A number that stands under this label in the figure's working, as a link there; plain where it does not stand there
// as it is shown, and without a figure.
Words in_working(const figures::Figure* figure, std::string_view label, const std::string& shown);
// "Over 120 of 493 LSOAs (24.3%) and 15,021 of 61,779 crimes (24.3%).", each number where the figure's working has it.
Words extent_words(const Extent& extent, const figures::Figure* figure);
// What has to be said of a grid, in sentences: study.notes, with their numbers in the figure's working.
exports::Lines grid_notes(const GridStudy& study, Period period, const figures::Figure* figure);
exports::Lines place_notes(const Places& places, const View& view, const figures::Figure* figure);
Words title_words(const View& view);  // view.title() with its months as dates
// A number that a figure's working holds at a place (figures::part_address), or the figure's own where the place is
// empty.
exports::Cell explained_in(exports::Cell cell, const std::optional<figures::Address>& figure, const std::string& place);
// The number as it stands under this label in the figure's working; the cell as it is where it does not stand there so.
exports::Cell in_working_cell(exports::Cell cell, const figures::Figure* figure, std::string_view label);
exports::Cell p_cell(const std::optional<double>& p, const std::string& why);

// Pages of their own. `status` is 400 when what was chosen cannot be used and the page says so at the field.
html::Markup grid_section(Wiring& wiring, Studies& studies, const View& view, const web::Context& context, int& status);
html::Markup density_section(Wiring& wiring, Studies& studies, const View& view, const web::Context& context,
                             int& status);

}  // namespace tithing::analysis
