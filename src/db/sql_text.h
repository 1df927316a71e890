// Reading SQL text just far enough: where literals, comments, names and parameters are. Pure; knows no engine's
// library.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"

namespace tithing::db {

struct SqlToken {
  enum class Kind {
    blank,      // white space and comments
    literal,    // 'text', E'text', $tag$text$tag$
    quoted,     // "name"
    word,       // a keyword or a name
    parameter,  // :name
    other,      // numbers, operators, brackets; "::" is one token
  };
  Kind kind;
  std::string_view text;
};

// The tokens joined are the text again. An unfinished literal or comment reaches to the end.
std::vector<SqlToken> sql_tokens(std::string_view sql);

// The statement's first word in capitals, "" when there is none.
std::string first_word(std::string_view sql);

struct NumberedSql {
  std::string sql;                 // each :name replaced by $n
  std::vector<std::string> names;  // names[n - 1] is $n
};
NumberedSql numbered_parameters(std::string_view sql);

// The values in the order of `names`. Throws Fault::parameter when one is missing, surplus or given twice, Fault::type
// for text that is not UTF-8 or holds a zero byte and for numbers that are not finite: the engines would not treat them
// alike.
std::vector<const Value*> matched_parameters(const Query& query, const std::vector<std::string>& names,
                                             const Parameters& parameters);

// The same for one value, told by `shown` (":name").
void check_value(const Query& query, std::string_view shown, const Value& value);

// Statements between semicolons, without those in literals, comments and the BEGIN .. END of a trigger. A statement
// after a line "-- only sqlite" or "-- only postgresql" belongs to that engine alone and is left out for the other.
std::vector<std::string> migration_statements(std::string_view sql, Engine engine);

// One statement of a migration in the engine's own words:
//   PostgreSQL: BLOB -> BYTEA; TEXT columns -> TEXT COLLATE "C", so that both engines order text by code point.
//   SQLite: an identity column -> INTEGER PRIMARY KEY AUTOINCREMENT; TEXT PRIMARY KEY -> TEXT NOT NULL PRIMARY KEY,
//   because SQLite alone would let NULL be a key.
std::string in_words_of(Engine engine, std::string_view statement);

}  // namespace tithing::db
