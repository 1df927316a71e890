// Several files of one version of a list (areas for comparison, harm weights) as publications. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "slices/sources/publications.h"

namespace tithing::sources {

struct Edition {
  std::int64_t source_file = 0;
  std::string name;  // of the file
  std::string sha256;
  std::string at;
  Holding holding;
};

struct EditionPlan {
  std::vector<Edition> there;
  std::vector<Publication> publications;  // of `there`, then the new one with the number -1, unless its bytes are there
  std::vector<Choice> choices;
  std::optional<std::size_t> known;  // the same bytes, in `there`
  Change change;
};

// What `given` would do to the versions that are there. `differing`: how many of the values that it shares with the one
// at that index differ by much, and of how many.
EditionPlan plan_edition(const std::string& kind, const std::string& key, const std::string& about,
                         std::vector<Edition> there, std::vector<Choice> choices, const Edition& given,
                         const std::function<std::pair<std::int64_t, std::int64_t>(std::size_t)>& differing);

// The choice that an answer makes of a plan, with the number -1 for the new file; none where none is needed.
std::optional<Choice> choice_of(const EditionPlan& plan, const Manners& manners);

// Which of the editions that are there count, one for each.
std::vector<Standing> standings_of(const std::vector<Edition>& there, const std::vector<Choice>& choices);

}  // namespace tithing::sources
