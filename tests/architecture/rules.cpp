#include "architecture/rules.h"

#include <algorithm>
#include <sstream>

namespace tithing::architecture {
namespace {

bool begins(const std::string& text, const std::string& with) { return text.compare(0, with.size(), with) == 0; }
bool ends(const std::string& text, const std::string& with) {
  return text.size() >= with.size() && text.compare(text.size() - with.size(), with.size(), with) == 0;
}
bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Names words_of(const std::string& text) {
  std::istringstream stream(text);
  Names words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string name_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::string stem_of(const std::string& path) {
  const std::string name = name_of(path);
  return name.substr(0, name.find('.'));
}

bool is_header(const std::string& path) { return ends(path, ".h"); }

bool is_slice(const std::string& folder) {
  return begins(folder, "slices/") && folder.find('/', 7) == std::string::npos;
}

constexpr const char* kEverySlice = "slices/*";

bool is_left_out(const std::string& path) {
  return ends(path, "_test.cpp") || path.find("/testdata/") != std::string::npos ||
         !(ends(path, ".cpp") || is_header(path));
}

struct Include {
  std::string what;
  bool quoted = false;
};

std::vector<Include> includes_of(const std::string& text) {
  std::vector<Include> out;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    std::size_t at = line.find_first_not_of(" \t");
    if (at == std::string::npos || line[at] != '#') continue;
    at = line.find_first_not_of(" \t", at + 1);
    if (at == std::string::npos || line.compare(at, 7, "include") != 0) continue;
    const std::size_t open = line.find_first_of("\"<", at);
    if (open == std::string::npos) continue;
    const bool quoted = line[open] == '"';
    const std::size_t close = line.find(quoted ? '"' : '>', open + 1);
    if (close != std::string::npos) out.push_back({line.substr(open + 1, close - open - 1), quoted});
  }
  return out;
}

class Checker {
 public:
  Checker(const Plan& plan, const Files& files) : plan_(plan), files_(files) {}

  Names check() {
    for (const auto& [path, text] : files_) {
      if (is_left_out(path) || is_test_only(path)) continue;
      const std::string folder = folder_of(path);
      if (allowed_of(folder) == nullptr) {
        complain(path, "lies in a folder that has no line in architecture.txt");
        continue;
      }
      for (const Include& include : includes_of(text))
        include.quoted ? check_own(path, folder, include.what) : check_foreign(path, include.what);
    }
    return complaints_;
  }

 private:
  // What a folder may use; a room that needs no other one has no line of its own. Null for any other without a line.
  const Names* allowed_of(const std::string& folder) const {
    const auto found = plan_.folders.find(folder);
    if (found != plan_.folders.end()) return &found->second;
    return is_slice(folder) && !plan_.rooms.empty() ? &plan_.rooms : nullptr;
  }

  bool is_test_only(const std::string& path) const {
    return std::any_of(plan_.test_only.begin(), plan_.test_only.end(),
                       [&](const std::string& pattern) { return matches(pattern, path); });
  }

  void complain(const std::string& path, const std::string& what) { complaints_.push_back("src/" + path + " " + what); }

  std::string layer_of(const std::string& path) const {
    const std::string folder = folder_of(path), stem = stem_of(path);
    const std::string slice = name_of(folder);
    std::string by_beginning;
    for (const auto& [layer, names] : plan_.files_of_layer) {
      for (const std::string& name : names) {
        if (name == slice + "/" + stem) return layer;
        if (name.find('/') == std::string::npos && (stem == name || begins(stem, name + "_"))) by_beginning = layer;
      }
    }
    if (!by_beginning.empty()) return by_beginning;
    const auto face = plan_.faces.find(folder);
    if (is_header(path) && (stem == slice || (face != plan_.faces.end() && contains(face->second, name_of(path)))))
      return "face";
    return "domain";
  }

  bool is_face(const std::string& header) const {
    const std::string folder = folder_of(header);
    if (stem_of(header) == name_of(folder)) return true;
    const auto found = plan_.faces.find(folder);
    return found != plan_.faces.end() && contains(found->second, name_of(header));
  }

  void check_own(const std::string& path, const std::string& folder, const std::string& header) {
    if (header.find('/') == std::string::npos) {
      // Generated from the folder's own migrations, or from those of the folder that a desk is of.
      const std::string own = name_of(folder);
      if (header != own + "_migrations.h" && header != own + "_desk_migrations.h")
        complain(path, "includes \"" + header + "\", which is no path from src/");
      return;
    }
    if (files_.find(header) == files_.end()) {
      complain(path, "includes \"" + header + "\", which is not in src/");
      return;
    }
    if (is_test_only(header)) {
      complain(path, "includes \"" + header + "\", which is for tests");
      return;
    }
    const std::string other = folder_of(header);
    if (other != folder) {
      if (!contains(*allowed_of(folder), other) && !(is_slice(other) && contains(*allowed_of(folder), kEverySlice))) {
        complain(path, "includes \"" + header + "\", but " + folder + " may not use " + other);
        return;
      }
      if (is_slice(other) && !is_face(header)) {
        complain(path, "includes \"" + header + "\", which is not of the public face of " + other);
        return;
      }
    }
    if (is_slice(folder)) check_layer(path, folder, header, other);
  }

  void check_layer(const std::string& path, const std::string& folder, const std::string& header,
                   const std::string& other) {
    const std::string layer = layer_of(path);
    const auto found = plan_.layers.find(layer);
    if (found == plan_.layers.end()) {
      complain(path, "is of layer " + layer + ", which has no line in architecture.txt");
      return;
    }
    const std::string wanted = other == folder ? "layer:" + layer_of(header) : is_slice(other) ? "faces" : other;
    if (!contains(found->second, wanted))
      complain(path, "(layer " + layer + ") includes \"" + header + "\" (" + wanted + "), which its layer may not use");
  }

  void check_foreign(const std::string& path, const std::string& header) {
    if (is_header(path) && plan_.heavy.count(header) > 0) {
      const auto allowed = plan_.heavy_in.find(header);
      if (allowed == plan_.heavy_in.end() || !contains(allowed->second, path))
        complain(path,
                 "is a header and includes <" + header + ">, which makes every file that includes it slow to compile");
      return;
    }
    const bool standard = header.find('/') == std::string::npos && header.find('.') == std::string::npos;
    if (standard) return;
    if (plan_.system.count(header) > 0) {
      if (is_header(path)) complain(path, "is a header and includes <" + header + "> of the operating system");
      return;
    }
    const Names* files = nullptr;
    std::size_t longest = 0;
    for (const auto& [beginning, where] : plan_.libraries) {
      if (begins(header, beginning) && beginning.size() >= longest) files = &where, longest = beginning.size();
    }
    if (files == nullptr) {
      complain(path, "includes <" + header + "> of a library that architecture.txt does not name");
    } else if (std::none_of(files->begin(), files->end(),
                            [&](const std::string& pattern) { return matches(pattern, path); })) {
      complain(path, "includes <" + header + ">, which belongs in other files");
    }
  }

  const Plan& plan_;
  const Files& files_;
  Names complaints_;
};

bool visit(const Plan& plan, const std::string& folder, std::map<std::string, int>& state, Names& way) {
  state[folder] = 1;
  way.push_back(folder);
  const auto found = plan.folders.find(folder);
  if (found != plan.folders.end()) {
    for (const std::string& next : found->second) {
      if (state[next] == 1) {
        way.erase(way.begin(), std::find(way.begin(), way.end(), next));
        way.push_back(next);
        return true;
      }
      if (state[next] == 0 && visit(plan, next, state, way)) return true;
    }
  }
  state[folder] = 2;
  way.pop_back();
  return false;
}

}  // namespace

bool matches(const std::string& pattern, const std::string& text) {
  std::size_t p = 0, t = 0, star = std::string::npos, from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string::npos && text[from] != '/') {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Plan parse_plan(const std::string& text) {
  Plan plan;
  std::istringstream stream(text);
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::size_t colon = line.find(':');
    const Names head = words_of(line.substr(0, colon));
    const Names names = colon == std::string::npos ? Names() : words_of(line.substr(colon + 1));
    const auto complain = [&](const std::string& why) {
      plan.complaints.push_back("architecture.txt line " + std::to_string(number) + ": " + why);
    };
    if (colon == std::string::npos || head.empty() || head.size() > 2) {
      complain("not a rule");
    } else if (head.size() == 1 && head[0] == "rooms") {
      plan.rooms.insert(plan.rooms.end(), names.begin(), names.end());
    } else if (head.size() == 1 && head[0] == "system") {
      plan.system.insert(names.begin(), names.end());
    } else if (head.size() == 1 && head[0] == "heavy") {
      plan.heavy.insert(names.begin(), names.end());
    } else if (head.size() == 1 && head[0] == "test-only") {
      plan.test_only.insert(plan.test_only.end(), names.begin(), names.end());
    } else if (head.size() == 1) {
      complain("of what?");
    } else {
      std::map<std::string, Names>* into = head[0] == "folder"     ? &plan.folders
                                           : head[0] == "layer"    ? &plan.layers
                                           : head[0] == "in"       ? &plan.files_of_layer
                                           : head[0] == "face"     ? &plan.faces
                                           : head[0] == "library"  ? &plan.libraries
                                           : head[0] == "heavy-in" ? &plan.heavy_in
                                                                   : nullptr;
      if (into == nullptr) {
        complain("not a rule: " + head[0]);
      } else {
        Names& there = (*into)[head[1]];  // a second line of the same name adds to the first
        there.insert(there.end(), names.begin(), names.end());
      }
    }
  }
  for (auto& [folder, names] : plan.folders)
    if (is_slice(folder)) names.insert(names.end(), plan.rooms.begin(), plan.rooms.end());
  for (const auto& [folder, names] : plan.folders) {
    for (const std::string& name : names) {
      if (name != kEverySlice && plan.folders.find(name) == plan.folders.end())
        plan.complaints.push_back("architecture.txt: " + folder + " may use " + name + ", which has no line");
    }
  }
  return plan;
}

Names check_includes(const Plan& plan, const Files& files) { return Checker(plan, files).check(); }

Names find_scaffolding(const Files& files, const Names& stays) {
  const std::pair<std::string, const char*> marks[] = {
      {"SessionSource", "a source of sessions"},
      {"SiteParts", "a site of pages"},
      {"= db::audit_migrations()", "a list of migrations"},
      {"= audit_migrations()", "a list of migrations"},
  };
  Names complaints;
  std::set<std::string> idle(stays.begin(), stays.end());
  for (const auto& [path, text] : files) {
    const bool of_tests = path.ends_with("_test.cpp") || path.ends_with("_for_tests.h") ||
                          path.ends_with("test_support.h") || path.starts_with("tests/");
    if (!of_tests || path.starts_with("tests/support/") || path.starts_with("tests/architecture/")) continue;
    for (const auto& [mark, what] : marks) {
      if (text.find(mark) == std::string::npos) continue;
      if (std::find(stays.begin(), stays.end(), path) != stays.end()) {
        idle.erase(path);
      } else {
        complaints.push_back(path + " builds " + what +
                             " of its own: use test::House or test::all_migrations (tests/support/house.h)");
      }
    }
  }
  for (const std::string& path : idle)
    complaints.push_back(path + " builds nothing of its own any more: take it off the list of what stays");
  return complaints;
}

std::string find_circle(const Plan& plan) {
  std::map<std::string, int> state;  // 0 new, 1 on the way, 2 done
  for (const auto& [folder, names] : plan.folders) {
    Names way;
    if (state[folder] == 0 && visit(plan, folder, state, way)) {
      std::string out;
      for (const std::string& each : way) out += (out.empty() ? "" : " -> ") + each;
      return out;
    }
  }
  return {};
}

}  // namespace tithing::architecture
