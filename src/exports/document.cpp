#include "exports/document.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/text.h"

namespace tithing::exports {

Runs words(std::string text) { return {{.text = std::move(text)}}; }

Runs runs_of(const Words& given) {
  Runs out;
  for (const Numeral& piece : given.pieces()) {
    if (piece.kind == Numeral::Kind::figure) {
      out.push_back(figure_run(piece.text, piece.of, piece.one_line.empty() ? piece.text : piece.one_line));
      out.back().beside = true;
    } else {
      out.push_back({.text = piece.text, .declared = piece.kind, .of = piece.of});
    }
  }
  return out;
}

Run bold_run(std::string text) { return {.text = std::move(text), .bold = true}; }

Run figure_run(std::string shown, std::string_view address, std::string explanation) {
  return {.text = std::move(shown), .url = html::Url::parse(address), .explanation = std::move(explanation)};
}

std::string plain_text(const Runs& runs) {
  std::string out;
  for (const Run& run : runs) out += run.text;
  return out;
}

void Document::check() const {
  if (title.empty()) throw std::logic_error("a paper has a title");
  std::set<std::string_view> ids;
  for (const Block& block : blocks) {
    if (const auto* heading = std::get_if<Heading>(&block)) {
      if (heading->level < 1 || heading->level > 3)
        throw std::logic_error("not a level of a paper's headings: " + heading->text);
    } else if (const auto* table = std::get_if<TableBlock>(&block)) {
      table->table.check();
      if (!ids.insert(table->table.id).second)
        throw std::logic_error("a paper has two tables with the id " + table->table.id);
    }
  }
}

std::string Numbering::of_heading(int level) {
  if (!numbered_ || level != 1) return {};
  paragraphs_ = 0;
  return std::to_string(++headings_) + ".";
}

std::string Numbering::of_paragraph() {
  if (!numbered_ || headings_ == 0) return {};
  return std::to_string(headings_) + "." + std::to_string(++paragraphs_);
}

std::string in_language(const Message& message, std::string_view language) {
  return message.in(language.substr(0, 2)).text;
}

std::vector<Entry> head_of(const Document& document) {
  std::vector<Entry> out;
  if (!document.head_shown) return out;
  const auto add = [&](const Message& label, const Words& value) {
    if (!value.empty()) out.push_back({in_language(label, document.language), runs_of(value)});
  };
  add(tr("Reference"), as_code(document.reference));
  add(tr("Date"), document.date ? Words(*document.date) : Words());
  add(tr("Publication status"), document.classification);
  return out;
}

std::vector<Entry> entries_of(const Signature& signature, std::string_view language) {
  std::vector<Entry> out;
  const auto add = [&](const Message& label, const std::string& value) {
    out.push_back({in_language(label, language), value.empty() ? Runs{} : words(value)});
  };
  if (!signature.role.empty()) add(tr("Signed as"), signature.role);
  add(tr("Signature"), "");
  add(tr("Name"), signature.name);
  add(tr("Post"), signature.post);
  add(tr("Date of signature"), signature.date);
  return out;
}

std::string caption_of(const Table& table, const std::string& number, std::string_view language) {
  return in_language(
      tr("Table {0}. {1}", {number, (table.caption.empty() ? table.title : table.caption).in(language.substr(0, 2))}),
      language);
}

std::string printable(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  const std::string valid = to_valid_utf8(text);
  std::string out;
  out.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const auto c = static_cast<unsigned char>(valid[i]);
    if (c == '\r') {
      if (i + 1 >= valid.size() || valid[i + 1] != '\n') out += '\n';
    } else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F) {
      out += kReplacement;
    } else if (c == 0xC2 && static_cast<unsigned char>(valid[i + 1]) < 0xA0) {
      // U+0080 to U+009F: allowed by XML, shown by nothing, refused by checkers of HTML.
      out += kReplacement;
      ++i;
    } else if (valid.compare(i, 2, "\xEF\xBF") == 0 && static_cast<unsigned char>(valid[i + 2]) >= 0xBE) {
      out += kReplacement;  // U+FFFE and U+FFFF
      i += 2;
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

std::string file_name(const Document& document, std::string_view extension) {
  std::string name = slug(document.title);
  if (name.empty()) name = "paper";
  if (name.size() > 100) name.resize(100);
  return name + "." + std::string(extension);
}

}  // namespace tithing::exports
