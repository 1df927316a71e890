#include "slices/bodies/delivered.h"

#include <algorithm>
#include <stdexcept>

#include "slices/bodies/facts.h"

namespace tithing::bodies {

namespace {

// The rows of a file under its headings, each with so many fields.
std::vector<std::vector<std::string>> rows_of(const std::string& name, std::size_t fields) {
  std::vector<std::vector<std::string>> out;
  for (const DeliveredFile& file : delivered_files()) {
    if (file.name != name) continue;
    const auto rows = read_csv(file.bytes);
    if (!rows) throw std::logic_error(name + ": " + rows.error().message);
    for (std::size_t i = 1; i < rows->size(); ++i) {
      if ((*rows)[i].fields.size() != fields)
        throw std::logic_error(name + " has a row without " + std::to_string(fields) + " fields");
      out.push_back((*rows)[i].fields);
    }
  }
  return out;
}

}  // namespace

const std::vector<Paper>& papers() {
  static const std::vector<Paper> all = [] {
    std::vector<Paper> out;
    for (const auto& f : rows_of("papers.csv", 7))
      out.push_back({f[0], f[1], Date::parse(f[2]).value(), f[3], f[4].empty() ? 0 : std::stoll(f[4]), f[5], f[6], {}});
    for (const auto& f : rows_of("paragraphs.csv", 5)) {
      const auto paper = std::find_if(out.begin(), out.end(), [&](const Paper& one) { return one.code == f[0]; });
      if (paper == out.end()) throw std::logic_error("paragraphs.csv names a paper that is not in papers.csv: " + f[0]);
      paper->paragraphs.push_back({f[1], f[4], f[2], f[3]});
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
