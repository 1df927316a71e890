// Areas found by what somebody typed: a name, a former name, a code or its beginning. A part of the snapshot.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "slices/register/areas.h"

namespace tithing::register_ {

class AreaSearch {
 public:
  explicit AreaSearch(std::string_view text);
  // LSOAs are looked for only by something like "Bromsgrove 001" or a code: their names all hold a digit.
  bool wants_lsoas() const;
  void look_at(const Area& area, const std::vector<std::string>& former_names = {});
  std::vector<const Area*> best(int limit);

 private:
  struct Hit {
    int rank;
    const Area* area;
  };
  std::string wanted_;
  std::vector<Hit> hits_;
};

}  // namespace tithing::register_
