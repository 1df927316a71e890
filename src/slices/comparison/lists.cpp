#include "slices/comparison/lists.h"

#include <set>

#include "base/table_words.h"
#include "base/text.h"
#include "slices/comparison/comparison.h"

namespace tithing::comparison {

namespace {

using sources::Line;
using Rows = std::vector<ListRow>;

std::string no_area(const std::string& code) {
  return "\"" + code + "\" is no area of the register. Use its official code.";
}

std::string take_characteristics(const Line& line, const std::string& code, Rows& rows) {
  Rows read;
  for (std::size_t i = 0; i < line.headings().size(); ++i) {
    const std::string& heading = line.headings()[i];
    if (slug(heading) == "area") continue;
    const std::string text = line.text(i);
    read.push_back({code, heading, std::nullopt});
    if (is_blank_word(text)) continue;
    read.back().value = line.number(text);
    if (!read.back().value) return heading + ": \"" + text + "\" is not a number.";
  }
  rows.insert(rows.end(), read.begin(), read.end());
  return {};
}

}  // namespace

std::vector<ListRow> area_rows(const std::vector<sources::ListRow>& rows) {
  Rows out;
  for (const sources::ListRow& row : rows) out.push_back({row[0].text(), row[1].text(), sources::number_of(row[2])});
  return out;
}

Result<sources::ReadRows<ListRow>> read_list(std::string_view sort, const std::string& csv, const KnownArea& known) {
  const bool similar = sort == kSimilar;
  const sources::AskedColumns asked =
      similar ? sources::AskedColumns{{"area", "similar"}, "area and similar"}
              : sources::AskedColumns{{"area"}, "area and one for each characteristic", true};
  std::set<std::pair<std::string, std::string>> seen;
  return sources::read_rows<ListRow>(csv, asked, [&](const Line& line, Rows& rows) -> std::string {
    const std::string code = line.text("area"), other = similar ? line.text("similar") : std::string();
    if (!known(code)) return no_area(code);
    if (similar && !known(other)) return no_area(other);
    const bool first = seen.emplace(code, other).second;
    if (!first) return similar ? "The pair is there twice." : "The area is there twice.";
    if (!similar) return take_characteristics(line, code, rows);
    if (code != other) rows.push_back({code, other, std::nullopt});
    return {};
  });
}

sources::ImportedKind area_list_kind(KnownArea known) {
  return {.code = "area-list",
          .name = "list of areas",
          .permission = kImportLists,
          .address = "/comparison/lists",
          .action = "comparison.",
          .one = "row",
          .many = "rows",
          .list_table = "comparison_list",
          .row_table = "comparison_row",
          .columns = {{"area"}, {"other"}, {"value", true}},
          .part = 1,
          .part_word = "characteristic",
          .sorts = {{kSimilar, tr("Most similar areas")}, {kCharacteristics, tr("Characteristics of areas")}},
          .read = [known = std::move(known)](const std::string& sort,
                                             const std::string& csv) -> Result<sources::ReadRows<sources::ListRow>> {
            const auto read = read_list(sort, csv, known);
            if (!read) return pass_on(read);
            sources::ReadRows<sources::ListRow> out{*read, {}};
            for (const ListRow& one : read->rows) out.rows.push_back({one.area, one.other, one.value});
            return out;
          }};
}

}  // namespace tithing::comparison
