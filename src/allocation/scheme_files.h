// The files that lie beside a scheme, and the values of an indicator from a table among them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "allocation/scheme.h"
#include "base/result.h"

namespace tithing::allocation {

// Where the tables that a scheme names are read from.
class SchemeFiles {
 public:
  virtual ~SchemeFiles() = default;
  // The bytes of a table. not_found when there is none.
  virtual Result<std::string> read(const std::string& name) const = 0;
};

// For a scheme that has no files beside it.
class NoFiles : public SchemeFiles {
 public:
  Result<std::string> read(const std::string& name) const override;
};

// Which rows and columns of a delimited file are the values of an indicator. Without a name there is no base, no
// period.
struct TableColumns {
  std::string file;
  std::string area, value, base, period;
  std::vector<std::pair<std::string, std::string>> where;  // column, and what it has to say
};

struct TableValues {
  std::map<std::string, std::vector<Observation>> values;  // by area, in the order of the file
  std::int64_t rows = 0;                                   // that were meant
  std::string sha256;                                      // of the file
};

// invalid, with the member that names the column or the file as its field (none for a value that is no number); the
// sentence names the file and the line.
Result<TableValues> read_values(const SchemeFiles& files, const TableColumns& columns);

}  // namespace tithing::allocation
