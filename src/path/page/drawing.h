// A path as a picture (path.h): its states as boxes one below the other, its moves as numbered arrows beside them, and
// the same as a list. Drawn here, without script; 300 units wide or a little more, so that it fits a telephone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "html/html.h"
#include "path/path.h"

namespace tithing::path {

// Where one record stands in the picture. Empty: the picture of the path itself.
struct StandsAt {
  std::string state;
  std::vector<std::string> passed;  // codes of states
};

// The places of what is drawn, in the units of the picture. For tests as well: no two arrows share a lane where they
// pass each other, and nothing lies outside.
struct Layout {
  struct Box {
    std::string_view state;
    std::vector<std::string> lines;  // of its name
    double top = 0, height = 0;
  };
  struct Arrow {
    std::size_t step = 0;         // in Outline::steps
    double from_y = 0, to_y = 0;  // where it leaves and meets the boxes' edge
    double lane = 0;              // x
    double badge_y = 0;           // of its number
  };
  std::vector<Box> boxes;
  std::vector<Arrow> arrows;
  double box_left = 0, box_right = 0, width = 0, height = 0;
};
// The box of `here` has room for the words.
Layout layout_of(const Outline& outline, std::string_view here = {}, std::string_view language = "en");

// The picture alone, `id` apart from others on the page.
html::Markup drawing_of(const Outline& outline, const StandsAt& stands, const std::string& id,
                        const std::string& language);
// The picture with its list: number, from, what is done, to, who, what it needs. Where a record stands is said in both.
html::Markup drawing_with_list(const Outline& outline, const StandsAt& stands, const std::string& id,
                               const std::string& language);

}  // namespace tithing::path
