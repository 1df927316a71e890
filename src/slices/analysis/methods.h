// The methods that a person can run on a table: each reads columns by name and answers with numbers and sentences.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/command_line.h"
#include "base/result.h"
#include "slices/analysis/answer.h"
#include "slices/analysis/input.h"
#include "statistics/neighbours.h"

namespace tithing::analysis {

// Options by name without dashes. A value that cannot be used is remembered as a problem and the fallback returned, so
// that a method reads all of them and asks once.
class Settings {
 public:
  Settings() = default;
  explicit Settings(std::map<std::string, std::string> values) : values_(std::move(values)) {}
  bool has(const std::string& name) const { return values_.count(name) > 0; }
  std::string text(const std::string& name, const std::string& fallback = "") const;
  double number(const std::string& name, double fallback, double low, double high);
  std::int64_t whole(const std::string& name, std::int64_t fallback, std::int64_t low, std::int64_t high);
  std::string choice(const std::string& name, const std::string& fallback,
                     std::initializer_list<std::string_view> among);
  const Status& status() const { return status_; }

 private:
  void complain(const std::string& sentence);
  std::map<std::string, std::string> values_;
  Status status_;
};

// What the evidence of an area can be turned into for a method.
enum class AreaForm {
  none,              // own files only: the evidence does not hold what it needs
  two_periods,       // one row: earlier, later and their days
  series,            // month, value
  areas,             // partnerships of the same force: name, count, population
  places,            // LSOAs: code, name, count, population, x, y and outlines
  counts_of_places,  // LSOAs: code, name, count, population, also of those without an outline
  places_by_month,   // LSOA x month: code, month, count, population, x, y
  histories,         // LSOA x month: code, month, hot
  points,            // one row for each crime: x, y
  cells,             // of a grid, for --grid: name, x, y, count
  treated,           // group, before, after
};

struct Method {
  std::string name;
  std::string help;                    // one line
  std::string columns;                 // what the file must hold, in one sentence
  std::vector<CommandOption> options;  // its own; all take --column, --json, --rows
  AreaForm area = AreaForm::none;
  std::string no_area;  // why there is no --area, a sentence
  std::function<Result<Answer>(const Input&, Settings&)> run;
};

std::vector<Method> methods();  // in the order of the documentation
// By group of questions.
std::vector<Method> count_methods();
std::vector<Method> series_methods();
std::vector<Method> place_methods();
std::vector<Method> place_and_time_methods();
std::vector<Method> scoring_methods();

// Shared by methods.
// The column or a sentence that names what is there.
Result<std::size_t> column_of(const Input& input, std::initializer_list<std::string_view> names);
// Labels of the rows: the columns name, code, area, lsoa or item, else the row's number.
std::vector<std::string> labels_of(const Input& input);
// Neighbours as chosen by --neighbours: "queen", "rook", "distance:500", "nearest:8", or the column "neighbours"
// (labels, separated by spaces or semicolons) when the file has it. Without a choice: that column, else queen for
// outlines, else the 8 nearest.
struct Neighbourhood {
  statistics::NeighbourGraph graph;
  std::string words;  // "areas that share at least one corner (queen)"
};
Result<Neighbourhood> neighbourhood_of(const Input& input, Settings& settings);

// Rows by place and month laid out as a table of counts. A place and month without a row is 0, unless no place has a
// row for that month: then the month is missing and refused.
struct PlaceMonths {
  std::vector<std::string> places;     // in order of their first row
  std::vector<std::size_t> first_row;  // of each place
  Month from;
  std::size_t months = 1;
  std::vector<std::vector<double>> counts;  // [place][month]
};
Result<PlaceMonths> place_months(const Input& input, std::initializer_list<std::string_view> value_columns);

}  // namespace tithing::analysis
