#include "slices/evidence/street_file_name.h"

#include "base/text.h"

namespace tithing::evidence {

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::optional<PoliceFileName> parse_police_file_name(std::string_view path) {
  const std::string name = lowered(base_name(path));
  const std::string_view view = name;
  if (view.size() < 13 || !view.ends_with(".csv") || view[7] != '-') return std::nullopt;
  const Result<Month> month = Month::parse(view.substr(0, 7));
  if (!month) return std::nullopt;
  const std::string_view rest =
      view.substr(8, view.size() - 8 - 4);  // "surrey-street", "surrey-street.later-publication"
  struct Ending {
    std::string_view text;
    PoliceFileKind kind;
  };
  constexpr Ending kEndings[] = {{"-stop-and-search", PoliceFileKind::stop_and_search},
                                 {"-outcomes", PoliceFileKind::outcomes},
                                 {"-street", PoliceFileKind::street}};
  for (const Ending& ending : kEndings) {
    const std::size_t at = rest.find(ending.text);
    if (at == std::string_view::npos || at == 0) continue;
    // Only a mark of one's own may follow: ".early-publication", " (1)".
    const std::string_view after = rest.substr(at + ending.text.size());
    if (!after.empty() && after[0] != '.' && after[0] != ' ' && after[0] != '_' && after[0] != '(') continue;
    const std::string_view force = rest.substr(0, at);
    if (force.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") != std::string_view::npos) return std::nullopt;
    return PoliceFileName{*month, std::string(force), ending.kind};
  }
  return std::nullopt;
}

}  // namespace tithing::evidence
