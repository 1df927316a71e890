#include "slices/priorities/themes.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/table_words.h"
#include "base/text.h"
#include "slices/priorities/priorities.h"

namespace tithing::priorities {

std::vector<Theme> themes_of(const std::vector<sources::ListRow>& rows) {
  std::vector<Theme> themes;
  for (const sources::ListRow& row : rows) {
    auto theme =
        std::find_if(themes.begin(), themes.end(), [&](const Theme& one) { return one.code == row[0].text(); });
    if (theme == themes.end()) {
      const auto since = Date::parse(row[2].text());
      themes.push_back({row[0].text(), row[1].text(), since ? std::optional(*since) : std::nullopt, {}});
      theme = themes.end() - 1;
    }
    if (!row[3].text().empty()) theme->crime_types.push_back(row[3].text());
  }
  return themes;
}

Result<sources::ReadRows<sources::ListRow>> read_themes(const std::string& csv, const std::vector<std::string>& types) {
  static const sources::AskedColumns asked{{"theme"}, "theme and maybe code, since and crime_type"};
  std::map<std::string, std::pair<std::string, std::string>> named;  // code -> name and since
  std::set<std::pair<std::string, std::string>> seen;
  return sources::read_rows<sources::ListRow>(
      csv, asked, [&](const sources::Line& line, std::vector<sources::ListRow>& rows) -> std::string {
        const auto said = [&](const char* column) {
          const std::string text = line.text(column);
          return is_blank_word(text) ? std::string() : text;
        };
        const std::string name = said("theme"), since = said("since"), type = slug(said("crime-type"));
        const std::string code = slug(said("code").empty() ? name : said("code"));
        if (code.empty()) return "It names no theme.";
        if (!since.empty() && !Date::parse(since)) return "\"" + since + "\" is no day. Write it as 2026-04-01.";
        if (!type.empty() && std::find(types.begin(), types.end(), type) == types.end())
          return "\"" + line.text("crime-type") +
                 "\" is no crime type of the data sets here. Use one of: " + joined(types, ", ") + ".";
        const auto [other, first] = named.emplace(code, std::pair(name, since));
        if (other->second != std::pair(name, since))
          return "The code " + code + " stands for “" + other->second.first +
                 "” above, with another name or day. Give each theme one of both.";
        if (!seen.emplace(code, type).second) return "The line is there twice.";
        rows.push_back({code, name, since, type});
        return {};
      });
}

sources::ImportedKind theme_kind(std::function<std::vector<std::string>()> types) {
  return {.code = "themes",
          .name = "list of themes",
          .permission = kManage,
          .address = "/priorities/themes",
          .action = "priorities.themes_",
          .one = "line of themes",
          .many = "lines of themes",
          .list_table = "priorities_theme_list",
          .row_table = "priorities_theme",
          .columns = {{"code"}, {"name"}, {"since"}, {"crime_type"}},
          .part_word = "theme",
          .read = [types = std::move(types)](const std::string&, const std::string& csv) {
            return read_themes(csv, types());
          }};
}

}  // namespace tithing::priorities
