#include "slices/bodies/delivered.h"

#include <stdexcept>

#include "slices/bodies/facts.h"

namespace tithing::bodies {

const std::vector<Paper>& papers() {
  static const std::vector<Paper> all = [] {
    std::vector<Paper> out;
    for (const DeliveredFile& file : delivered_files()) {
      if (file.name != "papers.csv") continue;
      const auto rows = read_csv(file.bytes);
      if (!rows) throw std::logic_error("papers.csv: " + rows.error().message);
      for (std::size_t i = 1; i < rows->size(); ++i) {
        const auto& fields = (*rows)[i].fields;
        if (fields.size() != 5) throw std::logic_error("papers.csv has a row without five fields");
        if (out.empty() || out.back().code != fields[0]) out.push_back({fields[0], fields[1], Date::parse(fields[2]).value(), {}});
        out.back().paragraphs.push_back({fields[3], fields[4]});
      }
    }
    return out;
  }();
  return all;
}

const Paper* find_paper(std::string_view code) {
  for (const Paper& paper : papers())
    if (paper.code == code) return &paper;
  return nullptr;
}

}  // namespace tithing::bodies
