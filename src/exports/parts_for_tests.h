// Reads what was written with other hands: a zip reader, and a checker of well-formed XML (XML 1.0, section 2) that is
// small because our files have no declarations, comments or sections of character data.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace tithing::exports {

// The members of a zip archive by name; `order` gets the names as they stand in it.
inline std::map<std::string, std::string> parts_of(const std::string& bytes,
                                                   std::vector<std::string>* order = nullptr) {
  std::map<std::string, std::string> parts;
  archive* reader = archive_read_new();
  archive_read_support_format_zip(reader);
  if (archive_read_open_memory(reader, bytes.data(), bytes.size()) != ARCHIVE_OK)
    throw std::runtime_error("not a zip archive");
  archive_entry* entry = nullptr;
  while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
    const std::string name = archive_entry_pathname(entry);
    if (order != nullptr) order->push_back(name);
    std::string& part = parts[name];
    char buffer[4096];
    for (la_ssize_t size = 0; (size = archive_read_data(reader, buffer, sizeof buffer)) > 0;)
      part.append(buffer, static_cast<std::size_t>(size));
  }
  archive_read_free(reader);
  return parts;
}

// What is wrong with a text as XML, or nothing. `text` gets what stands between the tags, a line for each `paragraph`.
class XmlChecker {
 public:
  explicit XmlChecker(std::string_view xml, std::string paragraph = "w:p")
      : xml_(xml), paragraph_(std::move(paragraph)) {
    try {
      read();
    } catch (const std::runtime_error& error) {
      wrong = std::string(error.what()) + " at " + std::to_string(at_);
    }
  }
  std::string wrong, text;
  std::map<std::string, int> elements;

 private:
  [[noreturn]] static void fail(const std::string& why) { throw std::runtime_error(why); }
  static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '-' ||
           c == '_' || c == '.';
  }

  std::string name() {
    const std::size_t begin = at_;
    while (at_ < xml_.size() && is_name(xml_[at_])) ++at_;
    if (begin == at_) fail("no name");
    return std::string(xml_.substr(begin, at_ - begin));
  }
  void space() {
    while (at_ < xml_.size() && (xml_[at_] == ' ' || xml_[at_] == '\n')) ++at_;
  }
  void expect(char c) {
    if (at_ >= xml_.size() || xml_[at_] != c) fail(std::string("expected ") + c);
    ++at_;
  }
  // Characters up to `end`, with entities read.
  std::string characters(char end) {
    std::string out;
    for (; at_ < xml_.size() && xml_[at_] != end; ++at_) {
      const auto c = static_cast<unsigned char>(xml_[at_]);
      if (c == '<' || (c < 0x20 && c != '\t' && c != '\n')) fail("a character that cannot stand here");
      if (c != '&') {
        out += static_cast<char>(c);
        continue;
      }
      bool known = false;
      for (const auto& [entity, character] : {std::pair<std::string_view, char>{"&amp;", '&'},
                                              {"&lt;", '<'},
                                              {"&gt;", '>'},
                                              {"&quot;", '"'},
                                              {"&#39;", '\''}}) {
        if (xml_.substr(at_, entity.size()) != entity) continue;
        out += character;
        at_ += entity.size() - 1;
        known = true;
        break;
      }
      if (!known) fail("an entity that nobody declared");
    }
    return out;
  }

  void read() {
    if (!is_utf8(xml_)) fail("not UTF-8");
    const std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    if (!xml_.starts_with(declaration)) fail("no declaration");
    at_ = declaration.size();
    space();
    std::vector<std::string> open;
    do {
      if (at_ >= xml_.size()) fail("it ends in the middle");
      if (xml_[at_] != '<') {
        text += characters('<');
        continue;
      }
      ++at_;
      const bool closes = at_ < xml_.size() && xml_[at_] == '/';
      if (closes) ++at_;
      const std::string tag = name();
      if (closes) {
        if (open.empty() || open.back() != tag) fail("</" + tag + "> closes nothing");
        open.pop_back();
        space();
        expect('>');
        if (tag == paragraph_) text += '\n';
        continue;
      }
      ++elements[tag];
      std::set<std::string> attributes;
      for (space(); at_ < xml_.size() && is_name(xml_[at_]); space()) {
        if (!attributes.insert(name()).second) fail("an attribute twice");
        expect('=');
        expect('"');
        characters('"');
        expect('"');
      }
      const bool empty = at_ < xml_.size() && xml_[at_] == '/';
      if (empty) ++at_;
      expect('>');
      if (!empty) open.push_back(tag);
    } while (!open.empty());
    space();
    if (at_ != xml_.size()) fail("something stands after the end");
  }

  std::string_view xml_;
  std::string paragraph_;
  std::size_t at_ = 0;
};

}  // namespace tithing::exports
