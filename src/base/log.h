// Structured lines to standard error: time, level, what happened, `key=value` pairs. A Secret does not fit in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace tithing::log {

struct Pair {
  std::string_view key;
  std::string value;
  Pair(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
  Pair(std::string_view k, std::string_view v) : key(k), value(v) {}
  Pair(std::string_view k, const char* v) : key(k), value(v) {}
  Pair(std::string_view k, long long v) : key(k), value(std::to_string(v)) {}
  Pair(std::string_view k, long v) : key(k), value(std::to_string(v)) {}
  Pair(std::string_view k, int v) : key(k), value(std::to_string(v)) {}
  Pair(std::string_view k, unsigned long v) : key(k), value(std::to_string(v)) {}
};

void info(std::string_view what, std::initializer_list<Pair> pairs = {});
void warning(std::string_view what, std::initializer_list<Pair> pairs = {});
void error(std::string_view what, std::initializer_list<Pair> pairs = {});
void set_quiet(bool quiet);  // only errors

}  // namespace tithing::log
