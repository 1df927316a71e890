// What a method found, ready to be written as text for people or as JSON for programs: the same numbers in both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tithing::analysis {

// Nothing is "not known" in text and null in JSON. A number that is not finite is nothing: no NaN leaves this slice.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

inline Value maybe(const std::optional<double>& number) { return number ? Value(*number) : Value(); }
inline Value whole(std::size_t number) { return Value(static_cast<std::int64_t>(number)); }

struct NamedValue {
  std::string name;  // "log_likelihood_ratio": the JSON member; in text with spaces
  Value value;
};

struct Listing {
  std::string name;  // "areas"
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
};

struct Answer {
  std::string method;
  std::string input;                  // the file, or the area and its months
  std::vector<std::string> findings;  // in sentences, the answer first
  std::vector<NamedValue> values;
  std::vector<Listing> listings;
  std::vector<std::string> notes;  // what it rests on and what it cannot say
};

// {"method": .., "input": .., "findings": [..], "values": {..}, "<listing>": [{..}], "notes": [..]}
std::string to_json(const Answer& answer);
// At most `rows` rows of each listing; 0 for all.
std::string to_text(const Answer& answer, std::size_t rows = 20);

// A number with `digits` significant digits, as people write it: "10.9798", "0.0012", "35,000".
std::string significant(double number, int digits = 6);
// A p as it is said in a sentence: "0.032", "less than 0.001".
std::string p_text(double p);

}  // namespace tithing::analysis
