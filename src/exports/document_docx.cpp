#include "exports/document_docx.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "exports/docx_parts.h"
#include "exports/zip.h"

namespace tithing::exports {
namespace {

using docx::xml;

constexpr std::size_t kLongestTip = 250;  // characters: Word refuses tips beyond 260

bool is_numeric(ColumnKind kind) { return kind != ColumnKind::text && kind != ColumnKind::date; }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// The first `most` characters, never half of one.
std::string shortened(const std::string& text, std::size_t most) {
  if (characters(text) <= most) return text;
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end)
    if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80 && ++count == most) break;
  return text.substr(0, end) + "\xE2\x80\xA6";
}

// Word refuses a whole file for one relation whose target is no URI.
std::string as_uri(std::string_view address) {
  std::string out;
  for (const char c : address) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~:/?#[]@!$&'()*+,;=%").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : url_encoded(std::string_view(&c, 1));
  }
  return out;
}

class Paper {
 public:
  Paper(const Document& document, const DocxOptions& options)
      : document_(document), options_(options), numbering_(document) {}

  std::string file() {
    if (!document_.kind.empty()) paragraph("Subtitle", "", words(document_.kind));
    paragraph("Title", "", words(document_.title));
    put(Entries{head_of(document_)});
    for (const Block& block : document_.blocks) std::visit([this](const auto& each) { put(each); }, block);

    std::string foot = document_.reference.empty() ? document_.title : document_.reference;
    if (!document_.classification.empty()) foot += " \xC2\xB7 " + document_.classification;
    const auto own = [&](const Message& message) { return in_language(message, document_.language); };
    return zipped({
        {"[Content_Types].xml", docx::content_types()},
        {"_rels/.rels", docx::package_relations()},
        {"docProps/core.xml", docx::core_properties(document_.title, document_.reference, document_.author,
                                                    document_.language, document_.date ? document_.date->iso() : "")},
        {"docProps/app.xml", docx::app_properties()},
        {"word/document.xml", body()},
        {"word/_rels/document.xml.rels", relations()},
        {"word/styles.xml", docx::styles(document_.language)},
        {"word/numbering.xml", docx::numbering(lists_)},
        {"word/settings.xml", docx::settings(document_.language)},
        {"word/footer1.xml", docx::footer(shortened(foot, 90), own(tr("Page")), own(tr("of")))},
        {"word/footnotes.xml", docx::footnotes(footnotes_)},
    });
  }

 private:
  std::string body() const {
    const auto number = [](int value) { return std::to_string(value); };
    const std::string margin = number(docx::kMargin);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
           "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
           "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>" +
           out_ + "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId5\"/><w:pgSz w:w=\"" +
           number(docx::kPageWidth) + "\" w:h=\"" + number(docx::kPageHeight) + "\"/><w:pgMar w:top=\"" + margin +
           "\" w:right=\"" + margin + "\" w:bottom=\"" + margin + "\" w:left=\"" + margin +
           "\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/><w:cols "
           "w:space=\"708\"/></w:sectPr></w:body></w:document>";
  }

  std::string relations() const {
    const std::string of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    const auto add = [&](int id, const std::string& kind, const std::string& target, const char* mode) {
      out += "<Relationship Id=\"rId" + std::to_string(id) + "\" Type=\"" + of + kind + "\" Target=\"" + xml(target) +
             "\"" + mode + "/>";
    };
    int id = 0;
    for (const char* name : {"styles", "numbering", "settings", "footnotes"})
      add(++id, name, std::string(name) + ".xml", "");
    add(++id, "footer", "footer1.xml", "");
    for (const std::string& target : targets_) add(++id, "hyperlink", target, " TargetMode=\"External\"");
    return out + "</Relationships>";
  }
  static constexpr int kFixedRelations = 5;

  int relation_to(const std::string& target) {
    const auto [found, is_new] = ids_.try_emplace(target, kFixedRelations + static_cast<int>(targets_.size()) + 1);
    if (is_new) targets_.push_back(target);
    return found->second;
  }

  // Where a link leads from a file that lies anywhere; empty: nowhere.
  std::string target_of(const html::Url& url) const {
    const std::string& text = url.text();
    if (text.empty() || text.front() == '#' || text.front() == '?') return {};
    if (text.front() == '/') return options_.site.empty() ? std::string() : as_uri(options_.site + text);
    return as_uri(text);
  }

  // Text as runs with their properties: tabs and line ends are elements of their own.
  static std::string run_of(std::string_view text, const std::string& properties) {
    const std::string clean = printable(text);
    if (clean.empty()) return {};
    std::string out = "<w:r>" + (properties.empty() ? "" : "<w:rPr>" + properties + "</w:rPr>");
    std::string piece;
    const auto flush = [&] {
      if (!piece.empty()) out += "<w:t xml:space=\"preserve\">" + xml(piece) + "</w:t>";
      piece.clear();
    };
    for (const char c : clean) {
      if (c != '\n' && c != '\t') {
        piece += c;
        continue;
      }
      flush();
      out += c == '\n' ? "<w:br/>" : "<w:tab/>";
    }
    flush();
    return out + "</w:r>";
  }

  std::string footnote(const std::string& text) {
    const std::string id = std::to_string(numbering_.footnote());
    footnotes_ += "<w:footnote w:id=\"" + id +
                  "\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr><w:rStyle "
                  "w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>" +
                  run_of(" " + text, "") + "</w:p></w:footnote>";
    return "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"" + id +
           "\"/></w:r>";
  }

  std::string runs_of(const Runs& runs) {
    std::string out;
    for (const Run& run : runs) {
      const std::string target = target_of(run.url);
      std::string properties;
      if (!target.empty())
        properties += run.explanation.empty() ? "<w:rStyle w:val=\"Hyperlink\"/>" : "<w:rStyle w:val=\"Figure\"/>";
      if (run.bold) properties += "<w:b/><w:bCs/>";
      if (run.italic) properties += "<w:i/><w:iCs/>";
      const std::string text = run_of(run.text, properties);
      if (target.empty()) {
        out += text;
      } else {
        out += "<w:hyperlink r:id=\"rId" + std::to_string(relation_to(target)) + "\"";
        if (!run.explanation.empty())
          out += " w:tooltip=\"" + xml(shortened(printable(run.explanation), kLongestTip)) + "\"";
        out += " w:history=\"1\">" + text + "</w:hyperlink>";
      }
      if (!run.footnote.empty()) out += footnote(run.footnote);
      if (target.empty() && !run.explanation.empty() && !run.url.empty() && !run.beside)
        out += footnote(in_language(tr("Working: {0}", {run.url.text()}), document_.language));
    }
    return out;
  }

  void paragraph(const char* style, const std::string& properties, const std::string& inside) {
    out_ +=
        std::string("<w:p><w:pPr><w:pStyle w:val=\"") + style + "\"/>" + properties + "</w:pPr>" + inside + "</w:p>";
  }
  void paragraph(const char* style, const std::string& properties, const Runs& runs) {
    paragraph(style, properties, runs_of(runs));
  }

  static std::string number(int level, int list) {
    return "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" + std::to_string(list) +
           "\"/></w:numPr>";
  }

  void put(const Heading& heading) {
    const std::string style = "Heading" + std::to_string(heading.level);
    const bool numbered = !numbering_.of_heading(heading.level).empty();
    paragraph(style.c_str(), numbered ? number(0, docx::kOutline) : "", words(heading.text));
  }

  void put(const Paragraph& each) {
    const bool numbered = !numbering_.of_paragraph().empty();
    paragraph(numbered ? "NumberedParagraph" : "Normal", numbered ? number(1, docx::kOutline) : "", each.runs);
  }

  void put(const Listing& listing) {
    if (listing.items.empty()) return;
    const int list = listing.numbered ? docx::kFirstList + lists_++ : docx::kBullets;
    for (const Runs& item : listing.items)
      paragraph(listing.numbered ? "ListNumber" : "ListBullet", number(0, list), item);
  }

  void put(const Entries& entries) {
    for (const Entry& entry : entries.entries)
      paragraph("Entry", "",
                runs_of({bold_run(entry.label)}) + "<w:r><w:tab/></w:r>" +
                    (entry.value.empty() ? "<w:r><w:tab/></w:r>" : runs_of(entry.value)));
  }

  void put(const Note& note) { paragraph("Note", "", note.runs); }

  void put(const Sources& sources) {
    for (const Runs& item : sources.items) paragraph("Source", "", item);
  }

  void put(const PageBreak&) { out_ += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"; }

  void put(const Signature& signature) { put(Entries{entries_of(signature, document_.language)}); }

  void put(const TableBlock& block) {
    const Table& table = block.table;
    const std::string of = numbering_.of_table();
    const std::string caption = caption_of(table, of, document_.language);
    const std::size_t at = caption.find(of);
    const auto text = [&](const std::string& piece) { return run_of(piece, ""); };
    // The number is a field, so that Word can list the tables.
    paragraph("Caption", "",
              text(caption.substr(0, at)) + "<w:fldSimple w:instr=\" SEQ Table \\* ARABIC \">" + text(of) +
                  "</w:fldSimple>" + text(caption.substr(at + of.size())));
    if (table.rows.empty()) {
      paragraph("Normal", "", words(in_language(tr("There is nothing to show."), document_.language)));
    } else {
      rows_of(table, caption);
      // Room before what follows: a table has no space of its own.
      if (table.notes.empty() && table.sources.empty())
        out_ +=
            "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/></w:pPr></w:p>";
    }
    for (const Words& note : table.notes) paragraph("TableNote", "", words(note.text()));
    for (const Words& source : table.sources)
      paragraph("TableNote", "", words(in_language(tr("Source"), document_.language) + ": " + source.text()));
  }

  void rows_of(const Table& table, const std::string& caption) {
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (!table.columns[i].on_page_only) shown.push_back(i);
    std::vector<std::size_t> wanted;
    std::size_t sum = 0;
    for (const std::size_t k : shown) {
      std::size_t width = 5;
      for (const std::string& word : split(full_heading(table.columns[k], document_.language.substr(0, 2)), ' '))
        width = std::max(width, characters(word) * 6 / 5 + 1);  // bold
      for (const Row& row : table.rows)
        width = std::max(width,
                         std::min<std::size_t>(characters(row[k].text), is_numeric(table.columns[k].kind) ? 24 : 36));
      wanted.push_back(width + 2);
      sum += width + 2;
    }
    const std::string size = sum <= 92    ? ""
                             : sum <= 106 ? "<w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/>"
                                          : "<w:sz w:val=\"14\"/><w:szCs w:val=\"14\"/>";
    std::vector<int> widths;
    int left = docx::kTextWidth;
    for (const std::size_t each : wanted) {
      widths.push_back(static_cast<int>(static_cast<std::size_t>(docx::kTextWidth) * each / sum));
      left -= widths.back();
    }
    widths.front() += left;

    out_ += "<w:tbl><w:tblPr><w:tblStyle w:val=\"PaperTable\"/><w:tblW w:w=\"" + std::to_string(docx::kTextWidth) +
            "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"06A0\" w:firstRow=\"1\" "
            "w:lastRow=\"0\" w:firstColumn=\"1\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>"
            "<w:tblCaption w:val=\"" +
            xml(caption) + "\"/><w:tblDescription w:val=\"" + xml(description_of(table)) + "\"/></w:tblPr><w:tblGrid>";
    for (const int width : widths) out_ += "<w:gridCol w:w=\"" + std::to_string(width) + "\"/>";
    out_ += "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const Column& column = table.columns[shown[i]];
      cell(widths[i], is_numeric(column.kind),
           run_of(full_heading(column, document_.language.substr(0, 2)), "<w:b/><w:bCs/>" + size));
    }
    out_ += "</w:tr>";
    for (const Row& row : table.rows) {
      out_ += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
      // A row has one footnote, of its figure with the shortest address: the others beside it are measures and parts of
      // it.
      noted_.clear();
      for (const Cell& one : row)
        if (!one.explanation.empty() && !one.url.empty() && (noted_.empty() || one.url.text().size() < noted_.size()))
          noted_ = one.url.text();
      for (std::size_t i = 0; i < shown.size(); ++i)
        cell(widths[i], is_numeric(table.columns[shown[i]].kind), inside(row[shown[i]], i == 0, size));
      out_ += "</w:tr>";
    }
    out_ += "</w:tbl>";
  }

  void cell(int width, bool right, const std::string& inside) {
    out_ += "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/></w:tcPr>";
    paragraph("TableText", right ? "<w:jc w:val=\"right\"/>" : "", inside);
    out_ += "</w:tc>";
  }

  std::string inside(const Cell& cell, bool first, const std::string& size) {
    std::string text = cell.text;
    if (cell.state == CellState::unknown && text == "not known")
      text = in_language(tr("not known"), document_.language);
    if (cell.state == CellState::suppressed && text == "fewer than 5")
      text = in_language(tr("fewer than 5"), document_.language);
    if (cell.state == CellState::suppressed && text == "withheld")
      text = in_language(tr("withheld"), document_.language);
    const std::string target = target_of(cell.url);
    const std::string bold = first ? "<w:b/><w:bCs/>" : "";
    std::string out;
    if (target.empty()) {
      out = run_of(text, bold + size);
      if (!cell.url.empty() && !cell.explanation.empty() && cell.url.text() == noted_)
        out += footnote(in_language(tr("Working: {0}", {cell.url.text()}), document_.language));
    } else {
      out = "<w:hyperlink r:id=\"rId" + std::to_string(relation_to(target)) + "\"";
      if (!cell.explanation.empty())
        out += " w:tooltip=\"" + xml(shortened(printable(cell.explanation), kLongestTip)) + "\"";
      out +=
          " w:history=\"1\">" +
          run_of(text, (cell.explanation.empty() ? "<w:rStyle w:val=\"Hyperlink\"/>" : "<w:rStyle w:val=\"Figure\"/>") +
                           bold + size) +
          "</w:hyperlink>";
    }
    if (!cell.note.empty()) out += run_of(" " + cell.note.text(), "<w:i/><w:iCs/>" + size);
    return out;
  }

  // What somebody who does not see the table is told of it: its rows and columns.
  std::string description_of(const Table& table) const {
    std::vector<std::string> names;
    for (const Column& column : table.columns)
      if (!column.on_page_only) names.push_back(full_heading(column, document_.language.substr(0, 2)));
    return in_language(
        tr("Rows: {0}. Columns: {1}.", {grouped(static_cast<std::int64_t>(table.rows.size())), joined(names, ", ")}),
        document_.language);
  }

  const Document& document_;
  const DocxOptions& options_;
  Numbering numbering_;
  std::string out_, footnotes_, noted_;
  std::vector<std::string> targets_;
  std::map<std::string, int> ids_;
  int lists_ = 0;
};

}  // namespace

std::string to_docx(const Document& document, const DocxOptions& options) {
  document.check();
  return Paper(document, options).file();
}

}  // namespace tithing::exports
