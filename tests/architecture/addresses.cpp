#include "architecture/addresses.h"

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

namespace tithing::architecture {
namespace {

using Segments = std::vector<std::string>;

// "slices/register", "desks/figures", "app"; empty for what is no room.
std::string room_of(const std::string& path) {
  if (path.starts_with("app/")) return "app";
  if (!path.starts_with("slices/") && !path.starts_with("desks/")) return {};
  const std::size_t folder = path.find('/', path.find('/') + 1);
  return folder == std::string::npos ? std::string() : path.substr(0, folder);
}

bool of_tests(const std::string& path) {
  return path.ends_with("_test.cpp") || path.ends_with("_for_tests.h") || path.ends_with("test_support.h");
}

// "/areas/:code/crime" and "/areas/{}/crime?type=crime" are both areas, *, crime.
Segments segments_of(const std::string& address) {
  Segments out;
  std::istringstream stream(address.substr(0, address.find_first_of("?#")));
  for (std::string one; std::getline(stream, one, '/');)
    if (!one.empty()) out.push_back(one.front() == ':' || one == "{}" ? "*" : one);
  return out;
}

bool begins_with(const Segments& whole, const Segments& with) {
  return whole.size() >= with.size() && std::equal(with.begin(), with.end(), whole.begin());
}

std::string without_comments(const std::string& text) {
  std::string out;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t mark = line.find("//");
    out += (mark == std::string::npos || line.find('"') < mark ? line : line.substr(0, mark)) + "\n";
  }
  return out;
}

}  // namespace

Names check_addresses(const Files& files, const std::map<std::string, std::string>& stays) {
  static const std::regex registered(
      R"re(\b(?:get|post|post_upload)\(\s*"(/[^"]*)"|\baddress\("[^"]*",\s*"(/[^"]*)")re");
  static const std::regex literal(R"re("(/[a-z][^" ]*)")re");
  std::map<std::string, std::set<Segments>> own;
  std::map<std::string, std::string> texts;
  for (const auto& [path, text] : files) {
    const std::string room = room_of(path);
    if (room.empty() || of_tests(path)) continue;
    texts[path] = without_comments(text);
    for (std::sregex_iterator it(texts[path].begin(), texts[path].end(), registered), end; it != end; ++it)
      own[room].insert(segments_of((*it)[1].matched ? (*it)[1] : (*it)[2]));
  }
  Names complaints;
  std::map<std::string, std::string> idle = stays;
  for (const auto& [path, text] : texts) {
    const std::string room = room_of(path);
    for (std::sregex_iterator it(text.begin(), text.end(), literal), end; it != end; ++it) {
      const std::string address = (*it)[1];
      const Segments segments = segments_of(address);
      const auto has = [&](const std::set<Segments>& all) { return all.find(segments) != all.end(); };
      // What goes on after the literal belongs to whoever has an address that goes on like this.
      const bool goes_on = address.ends_with("/");
      const auto leads = [&](const std::set<Segments>& all) {
        return std::any_of(all.begin(), all.end(), [&](const Segments& one) { return begins_with(one, segments); });
      };
      const auto longest = [&](const std::set<Segments>& all) {
        std::size_t most = 0;
        for (const Segments& one : all)
          if (begins_with(segments, one)) most = std::max(most, one.size());
        return most;
      };
      std::string owner;
      std::size_t most = 0;
      bool mine = goes_on ? leads(own[room]) : has(own[room]);
      for (const auto& [other, all] : own) {
        if (mine || other == room) continue;
        const std::size_t found = goes_on && leads(all) ? segments.size()
                                  : has(all)            ? segments.size() + 1
                                                        : longest(all);
        if (found > most) {
          most = found;
          owner = other;
        }
      }
      if (!mine) mine = longest(own[room]) >= most && longest(own[room]) > 0;
      // The address of a figure is its name: people write it in schemes, and figures::Address reads it.
      if (mine || owner.empty() || segments.empty() || address.starts_with("/figures/")) continue;
      const auto reason =
          std::find_if(stays.begin(), stays.end(), [&](const auto& one) { return path.ends_with(one.first); });
      if (reason != stays.end()) {
        idle.erase(reason->first);
        continue;
      }
      complaints.push_back(path + " spells " + address + ", an address of " + owner +
                           ": ask the site map for it by its name (web/site_map.h)");
    }
  }
  // Names that are asked for and that no room gives: a page that asks would fail.
  static const std::regex given(R"re(\baddress\("([^"]+)")re");
  static const std::regex asked(R"re(\bsite(?:\(\))?\.(?:at|has)\("([^"]+)"|\.address = "([a-z][^"]*)")re");
  std::set<std::string> names;
  for (const auto& [path, text] : texts)
    for (std::sregex_iterator it(text.begin(), text.end(), given), end; it != end; ++it) names.insert((*it)[1]);
  for (const auto& [path, text] : texts)
    for (std::sregex_iterator it(text.begin(), text.end(), asked), end; it != end; ++it)
      if (const std::string name = (*it)[1].matched ? (*it)[1] : (*it)[2]; names.find(name) == names.end())
        complaints.push_back(path + " asks for the address " + name + ", which no room gives");
  for (const auto& [path, reason] : idle) complaints.push_back(path + " spells no address of another room any more");
  return complaints;
}

}  // namespace tithing::architecture
