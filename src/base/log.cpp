#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace tithing::log {
namespace {

spdlog::logger& logger() {
  static const std::shared_ptr<spdlog::logger> instance = [] {
    auto made = spdlog::stderr_logger_mt("tithing");
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *instance;
}

// Control characters are written as \xNN so that what a client sent cannot forge a line.
std::string line(std::string_view what, std::initializer_list<Pair> pairs) {
  std::string out(what);
  for (const Pair& pair : pairs) {
    out += ' ';
    out += pair.key;
    out += '=';
    const bool quote = pair.value.empty() || pair.value.find_first_of(" \"=") != std::string::npos;
    if (quote) out += '"';
    for (const char c : pair.value) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
        static constexpr char kHex[] = "0123456789abcdef";
        out += "\\x";
        out += kHex[(static_cast<unsigned char>(c) >> 4) & 15];
        out += kHex[static_cast<unsigned char>(c) & 15];
      } else if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
      } else {
        out += c;
      }
    }
    if (quote) out += '"';
  }
  return out;
}

}  // namespace

void info(std::string_view what, std::initializer_list<Pair> pairs) {
  logger().log(spdlog::level::info, spdlog::string_view_t(line(what, pairs)));
}
void warning(std::string_view what, std::initializer_list<Pair> pairs) {
  logger().log(spdlog::level::warn, spdlog::string_view_t(line(what, pairs)));
}
void error(std::string_view what, std::initializer_list<Pair> pairs) {
  logger().log(spdlog::level::err, spdlog::string_view_t(line(what, pairs)));
}
void set_quiet(bool quiet) { logger().set_level(quiet ? spdlog::level::err : spdlog::level::info); }

}  // namespace tithing::log
