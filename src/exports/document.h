// A paper as a value: what a page shows as HTML (document_html.h) and what Word opens (document_docx.h) are made from
// it, so that both say the same words and the same numbers in the same order.
//
// A paper says what is not known, or leaves a blank with its label to fill; it invents nothing. A number in it that is
// a figure is a run that leads to its working.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "exports/table.h"
#include "html/html.h"

namespace tithing::exports {

// A part of a line. A line end in `text` breaks the line.
struct Run {
  std::string text;
  bool bold = false;
  bool italic = false;
  html::Url url = {};                            // a link: another site's, or a path of this one
  std::string explanation = {};                  // formula and source in one line: makes the link a figure
  Numeral::Kind declared = Numeral::Kind::text;  // a date, a code, a name, a setting, where the text is no figure
  std::string of = {};                           // of a count of what is listed: the table's or the list's id
  bool beside = false;  // a number beside a figure that the paper names anyway: on paper it has no footnote of its own
  std::string footnote = {};  // stands at the foot of the page in Word, at the end of the paper in HTML
};
using Runs = std::vector<Run>;

Runs words(std::string text);      // one plain run
Runs runs_of(const Words& words);  // each number as what it is
Run bold_run(std::string text);
// A number as it is shown, with the address of its working ("/figures/allocation?area=..") and its formula in one line.
Run figure_run(std::string shown, std::string_view address, std::string explanation);
std::string plain_text(const Runs& runs);

struct Heading {
  std::string text;
  int level = 1;  // 1 to 3; the paper's title stands above them
};
struct Paragraph {
  Runs runs;
};
struct Listing {
  std::vector<Runs> items;
  bool numbered = false;
  std::string id = {};  // where a sentence counts its items (base/words.h, `listed`)
};
// Labels with what stands beside them: "Lead officer: ...". Without a value it is a blank to fill.
struct Entry {
  std::string label;
  Runs value = {};
};
struct Entries {
  std::vector<Entry> entries;
};
struct TableBlock {
  Table table;  // every row of it: a paper has no pages of 50
};
// Something that has to be said beside the text, set apart from it.
struct Note {
  Runs runs;
};
struct Sources {
  std::vector<Runs> items;
};
struct PageBreak {};  // in Word and in print
// What is empty is a blank to fill. The signature itself always is: no program signs.
struct Signature {
  std::string role = {};  // "Decision-maker"
  std::string name = {};
  std::string post = {};
  std::string date = {};
};
using Block = std::variant<Heading, Paragraph, Listing, Entries, TableBlock, Note, Sources, PageBreak, Signature>;

struct Document {
  std::string title;
  std::string kind = {};            // "Allocation paper": a line above the title
  std::string reference = {};       // empty: none is shown
  std::optional<Date> date = {};    // of the paper; also the Word file's date of creation
  std::string classification = {};  // "Not confidential": on every page of the Word file
  std::string author = {};          // the body that the paper is of; in the Word file's properties
  bool head_shown = true;           // reference, date and status stand below the title; false: a block says them
  std::string language = "en-GB";
  bool numbered = true;  // headings of level 1 are 1, 2, 3 and the paragraphs below them 1.1, 1.2
  std::vector<Block> blocks = {};

  // std::logic_error when a heading's level is not 1 to 3, a table is wrong, or two tables have one id: a bug of the
  // caller.
  void check() const;
};

// Numbers of headings and paragraphs as both forms show them. Ask for each block once, in order.
class Numbering {
 public:
  explicit Numbering(const Document& document) : numbered_(document.numbered) {}
  std::string of_heading(int level);  // "3." for level 1, else empty
  std::string of_paragraph();         // "3.2"; before the first heading empty
  std::string of_table() { return std::to_string(++tables_); }
  int footnote() { return ++footnotes_; }

 private:
  bool numbered_;
  int headings_ = 0, paragraphs_ = 0, tables_ = 0, footnotes_ = 0;
};

// What both forms say in the paper's own language, whatever that of the page around it.
std::vector<Entry> head_of(const Document& document);  // reference, date, publication status, where shown and given
std::vector<Entry> entries_of(const Signature& signature, std::string_view language);
std::string caption_of(const Table& table, const std::string& number,
                       std::string_view language);                           // "Table 2. What each .."
std::string in_language(const Message& message, std::string_view language);  // of "en-GB": "en"

// As XML 1.0 can hold it: UTF-8, line ends as "\n", and U+FFFD for each control character that it cannot hold.
std::string printable(std::string_view text);

// "community-safety-fund-2012-13.docx"
std::string file_name(const Document& document, std::string_view extension);

}  // namespace tithing::exports
