#include "db/sql_text.h"

#include <cmath>

#include "base/text.h"

namespace tithing::db {
namespace {

using Kind = SqlToken::Kind;

bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool in_word(char c) { return starts_word(c) || is_digit(c); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

std::size_t end_of_quoted(std::string_view sql, std::size_t at, bool backslashes) {
  const char quote = sql[at];
  for (++at; at < sql.size(); ++at) {
    if (backslashes && sql[at] == '\\') {
      ++at;
    } else if (sql[at] == quote) {
      if (at + 1 >= sql.size() || sql[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  return sql.size();
}

std::size_t end_of_comment(std::string_view sql, std::size_t at) {
  int depth = 0;
  while (at + 1 < sql.size()) {
    if (sql[at] == '/' && sql[at + 1] == '*') {
      ++depth;
      at += 2;
    } else if (sql[at] == '*' && sql[at + 1] == '/') {
      at += 2;
      if (--depth == 0) return at;
    } else {
      ++at;
    }
  }
  return sql.size();
}

// The end of $tag$ .. $tag$ that begins at `at`, or `at` when none does.
std::size_t end_of_dollar_quoted(std::string_view sql, std::size_t at) {
  std::size_t tag_end = at + 1;
  if (tag_end < sql.size() && is_digit(sql[tag_end])) return at;
  while (tag_end < sql.size() && in_word(sql[tag_end])) ++tag_end;
  if (tag_end >= sql.size() || sql[tag_end] != '$') return at;
  const std::string_view tag = sql.substr(at, tag_end + 1 - at);
  const std::size_t close = sql.find(tag, tag_end + 1);
  return close == std::string_view::npos ? sql.size() : close + tag.size();
}

std::string uppered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

SqlToken next_token(std::string_view sql, std::size_t at) {
  const auto token = [&](Kind kind, std::size_t end) { return SqlToken{kind, sql.substr(at, end - at)}; };
  const char c = sql[at];
  const char after = at + 1 < sql.size() ? sql[at + 1] : '\0';
  std::size_t end = at + 1;
  if (is_space(c)) {
    while (end < sql.size() && is_space(sql[end])) ++end;
    return token(Kind::blank, end);
  }
  if (c == '-' && after == '-') {
    end = sql.find('\n', at);
    return token(Kind::blank, end == std::string_view::npos ? sql.size() : end);
  }
  if (c == '/' && after == '*') return token(Kind::blank, end_of_comment(sql, at));
  if (c == '\'') return token(Kind::literal, end_of_quoted(sql, at, false));
  if (c == '"') return token(Kind::quoted, end_of_quoted(sql, at, false));
  if ((c == 'e' || c == 'E') && after == '\'') return token(Kind::literal, end_of_quoted(sql, at + 1, true));
  if (c == '$') {
    const std::size_t close = end_of_dollar_quoted(sql, at);
    if (close != at) return token(Kind::literal, close);
  }
  if (starts_word(c)) {
    while (end < sql.size() && (in_word(sql[end]) || sql[end] == '$')) ++end;
    return token(Kind::word, end);
  }
  if (is_digit(c)) {
    while (end < sql.size() && (in_word(sql[end]) || sql[end] == '.')) ++end;
    return token(Kind::other, end);
  }
  if (c == ':' && after == ':') return token(Kind::other, at + 2);
  if (c == ':' && starts_word(after)) {
    while (end < sql.size() && in_word(sql[end])) ++end;
    return token(Kind::parameter, end);
  }
  return token(Kind::other, end);
}

}  // namespace

std::vector<SqlToken> sql_tokens(std::string_view sql) {
  std::vector<SqlToken> tokens;
  for (std::size_t at = 0; at < sql.size(); at += tokens.back().text.size()) tokens.push_back(next_token(sql, at));
  return tokens;
}

std::string first_word(std::string_view sql) {
  for (std::size_t at = 0; at < sql.size();) {
    const SqlToken token = next_token(sql, at);
    if (token.kind == Kind::word) return uppered(token.text);
    if (token.kind != Kind::blank && token.text != "(") return "";
    at += token.text.size();
  }
  return "";
}

NumberedSql numbered_parameters(std::string_view sql) {
  NumberedSql out;
  for (const SqlToken& token : sql_tokens(sql)) {
    if (token.kind != Kind::parameter) {
      out.sql += token.text;
      continue;
    }
    const std::string_view name = token.text.substr(1);
    std::size_t index = 0;
    while (index < out.names.size() && out.names[index] != name) ++index;
    if (index == out.names.size()) out.names.emplace_back(name);
    out.sql += "$" + std::to_string(index + 1);
  }
  return out;
}

void check_value(const Query& query, std::string_view shown, const Value& value) {
  const auto refuse = [&](const std::string& what) {
    throw Error(Fault::type, std::string(query.name) + ": the " + what);
  };
  if (value.kind() == Value::Kind::real && !std::isfinite(value.real())) {
    refuse("number given for " + std::string(shown) + " is not finite");
  }
  if (value.kind() == Value::Kind::text && (value.text().find('\0') != std::string::npos || !is_utf8(value.text()))) {
    refuse("text given for " + std::string(shown) + " is not UTF-8 or holds a zero byte");
  }
}

std::vector<const Value*> matched_parameters(const Query& query, const std::vector<std::string>& names,
                                             const Parameters& parameters) {
  std::vector<const Value*> values(names.size(), nullptr);
  const auto refuse = [&](Fault fault, const std::string& why) {
    throw Error(fault, std::string(query.name) + ": " + why);
  };
  for (const Parameter& parameter : parameters) {
    const auto shown = [&] { return ":" + std::string(parameter.name); };
    std::size_t index = 0;
    while (index < names.size() && names[index] != parameter.name) ++index;
    if (index == names.size()) {
      refuse(Fault::parameter, "a value is given for " + shown() + ", which the statement does not have");
    }
    if (values[index] != nullptr) refuse(Fault::parameter, "two values are given for " + shown());
    const Value& value = parameter.value;
    check_value(query, shown(), value);
    values[index] = &value;
  }
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (values[index] == nullptr) refuse(Fault::parameter, "no value is given for :" + names[index]);
  }
  return values;
}

std::vector<std::string> migration_statements(std::string_view sql, Engine engine) {
  std::vector<std::string> statements;
  std::string statement;
  std::vector<std::string> words;  // the first words of the statement, to know a trigger by
  int depth = 0;
  bool wanted = true;
  const auto finish = [&] {
    if (!words.empty() && wanted) statements.push_back(statement);
    statement.clear();
    words.clear();
    depth = 0;
    wanted = true;
  };
  for (const SqlToken& token : sql_tokens(sql)) {
    if (token.kind == Kind::blank && words.empty()) {
      const std::string_view comment = trimmed(token.text);
      if (comment == "-- only sqlite") wanted = engine == Engine::sqlite;
      if (comment == "-- only postgresql") wanted = engine == Engine::postgresql;
    }
    if (token.kind == Kind::word) {
      const std::string word = uppered(token.text);
      if (words.size() < 3) words.push_back(word);
      const bool trigger = words[0] == "CREATE" && words.size() > 1 &&
                           (words[1] == "TRIGGER" || (words.size() > 2 && words[2] == "TRIGGER"));
      if (trigger && (word == "BEGIN" || word == "CASE")) ++depth;
      if (trigger && word == "END") --depth;
    }
    if (token.text == ";" && depth <= 0) {
      finish();
    } else {
      statement += token.text;
    }
  }
  finish();
  return statements;
}

std::string in_words_of(Engine engine, std::string_view statement) {
  const std::string first = first_word(statement);
  if (first != "CREATE" && first != "ALTER") return std::string(statement);
  const std::vector<SqlToken> tokens = sql_tokens(statement);
  std::vector<std::size_t> solid;  // the tokens that are not blank
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != Kind::blank) solid.push_back(i);
  }
  const auto word = [&](std::size_t i) {
    return i < solid.size() && tokens[solid[i]].kind == Kind::word ? uppered(tokens[solid[i]].text) : std::string();
  };
  const auto is_run = [&](std::size_t i, std::initializer_list<std::string_view> expected) {
    for (const std::string_view each : expected) {
      if (word(i++) != each) return false;
    }
    return true;
  };
  // Only where columns are defined: a view or a function may speak of TEXT too.
  const bool table = word(1) == "TABLE" || word(2) == "TABLE";
  if (!table) return std::string(statement);
  std::string out;
  std::size_t token = 0;
  for (std::size_t i = 0; i < solid.size(); ++i) {
    while (token < solid[i]) out += tokens[token++].text;
    const std::string here = word(i);
    const std::string before = i == 0 ? "" : word(i - 1);
    if (engine == Engine::sqlite &&
        is_run(i, {"BIGINT", "GENERATED", "BY", "DEFAULT", "AS", "IDENTITY", "PRIMARY", "KEY"})) {
      out += "INTEGER PRIMARY KEY AUTOINCREMENT";
      i += 7;
      token = solid[i] + 1;
      continue;
    }
    if (engine == Engine::sqlite && is_run(i, {"PRIMARY", "KEY"}) &&
        (before == "TEXT" || before == "BIGINT" || before == "BLOB")) {
      out += "NOT NULL ";
    }
    if (engine == Engine::postgresql && here == "BLOB") {
      out += "BYTEA";
    } else {
      out += tokens[solid[i]].text;
      // A column's type follows the column's name, which CAST(x AS TEXT) does not have.
      const bool named =
          i > 0 && (tokens[solid[i - 1]].kind == Kind::word || tokens[solid[i - 1]].kind == Kind::quoted);
      if (engine == Engine::postgresql && here == "TEXT" && named && before != "AS" && before != "COLUMN") {
        out += " COLLATE \"C\"";
      }
    }
    token = solid[i] + 1;
  }
  while (token < tokens.size()) out += tokens[token++].text;
  return out;
}

}  // namespace tithing::db
