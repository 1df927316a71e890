// One text as other programs save it, for tests of everything that reads a table. ASCII letters only, but for no-break
// spaces.
#pragma once

#include <string>
#include <vector>

namespace tithing::tests {

inline std::string utf16(const std::string& text, bool little = true) {
  std::string out = little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char c : text) {
    if (little) out += c;
    out += '\0';
    if (!little) out += c;
  }
  return out;
}

// Without quoted fields: every comma separates.
inline std::string separated(std::string text, char separator) {
  for (char& c : text) c = c == ',' ? separator : c;
  return text;
}

struct Writing {
  std::string name;
  std::string bytes;
  std::string read_as;  // what the importer says of it
};
inline std::vector<Writing> writings(const std::string& csv) {
  std::string crlf;
  for (const char c : csv) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return {{"plain", csv, ""},
          {"marked", "\xEF\xBB\xBF" + csv, ""},
          {"crlf", crlf, ""},
          {"semicolons", separated(csv, ';'), "UTF-8, separated by semicolons"},
          {"tabs", separated(csv, '\t'), "UTF-8, separated by tabs"},
          {"utf16", utf16(csv), "UTF-16"},
          {"utf16 the other way", utf16(csv, false), "UTF-16"},
          {"utf16 with tabs", utf16(separated(csv, '\t')), "UTF-16, separated by tabs"}};
}

// What is no table at all, whatever the importer, by name.
inline std::vector<std::pair<std::string, std::string>> no_tables() {
  return {{"empty", ""},
          {"workbook", std::string("PK\x03\x04 and so on")},
          {"pdf", "%PDF-1.7\n1 0 obj\n"},
          {"page", "<!DOCTYPE html>\n<html><body>Not found</body></html>\n"},
          {"noughts", std::string(4096, '\0')},
          {"one line", "nothing that anybody knows"},
          {"many columns", std::string(1'000'000, ',') + "\n"}};
}

}  // namespace tithing::tests
