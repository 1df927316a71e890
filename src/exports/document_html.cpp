#include "exports/document_html.h"

#include "base/text.h"
#include "exports/table_html.h"
#include "govuk/assets.h"
#include "govuk/components.h"

namespace tithing::exports {
namespace {

using html::Markup;
using html::Url;
using html::Writer;

class Paper {
 public:
  Paper(const Document& document, const DocumentHtml& options)
      : document_(document), options_(options), numbering_(document), writer_(options.language) {}

  Markup article() {
    writer_.open("article", {{"class", "tithing-paper"}, {"lang", document_.language}});
    put(Entries{head_of(document_)});
    for (const Block& block : document_.blocks) std::visit([this](const auto& each) { put(each); }, block);
    put_footnotes();
    writer_.close("article");
    return writer_.take();
  }

 private:
  std::string own(const Message& message) const { return in_language(message, document_.language); }

  // Text with its line ends.
  void text(std::string_view given) {
    const std::vector<std::string> lines = split(printable(given), '\n');
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) writer_.void_element("br");
      writer_.text(lines[i]);
    }
  }

  void put(const Run& run) {
    if (run.bold) writer_.open("strong");
    if (run.italic) writer_.open("em");
    if (!run.url.empty()) {
      html::Attributes attributes = {{"class", run.explanation.empty() ? "govuk-link" : "tithing-figure"},
                                     {"href", run.url}};
      if (!run.explanation.empty()) attributes.push_back({"title", printable(run.explanation)});
      writer_.open("a", attributes);
    }
    if (run.declared == Numeral::Kind::text) {
      text(run.text);
    } else {
      writer_.put(Numeral{printable(run.text), run.declared, run.of});
    }
    if (!run.url.empty()) writer_.close("a");
    if (run.italic) writer_.close("em");
    if (run.bold) writer_.close("strong");
    if (!run.footnote.empty()) {
      const std::string number = std::to_string(numbering_.footnote());
      writer_.open("sup");
      writer_.open("a", {{"class", "govuk-link"},
                         {"id", "footnote-" + number + "-mark"},
                         {"href", Url::parse("#footnote-" + number)}});
      hidden(own(tr("Footnote ")));
      writer_.text(number).close("a").close("sup");
      footnotes_.push_back(run.footnote);
    }
  }

  void hidden(std::string_view words_of_it) {
    writer_.open("span", {{"class", "govuk-visually-hidden"}}).text(words_of_it).close("span");
  }

  void put(const Runs& runs) {
    for (const Run& run : runs) put(run);
  }

  void number(const std::string& of) {
    if (!of.empty()) writer_.open("span", {{"class", "tithing-paper__number"}}).text(of).close("span").text(" ");
  }

  void put(const Heading& heading) {
    const std::string of = numbering_.of_heading(heading.level);
    const auto inside = [&] {
      number(of);
      text(heading.text);
    };
    if (heading.level == 1) {
      writer_.open("h2", {{"class", "govuk-heading-m"}});
      inside();
      writer_.close("h2");
    } else if (heading.level == 2) {
      writer_.open("h3", {{"class", "govuk-heading-s"}});
      inside();
      writer_.close("h3");
    } else {
      writer_.open("h4", {{"class", "govuk-heading-s"}});
      inside();
      writer_.close("h4");
    }
  }

  void put(const Paragraph& paragraph) {
    const std::string of = numbering_.of_paragraph();
    writer_.open("p", {{"class", of.empty() ? "govuk-body" : "govuk-body tithing-paper__paragraph"}});
    number(of);
    put(paragraph.runs);
    writer_.close("p");
  }

  void items(const std::vector<Runs>& all) {
    for (const Runs& runs : all) {
      writer_.open("li");
      put(runs);
      writer_.close("li");
    }
  }

  void put(const Listing& listing) {
    if (listing.items.empty()) return;
    if (listing.numbered) {
      if (listing.id.empty())
        writer_.open("ol", {{"class", "govuk-list govuk-list--number"}});
      else
        writer_.open("ol", {{"class", "govuk-list govuk-list--number"}, {"id", listing.id}});
      items(listing.items);
      writer_.close("ol");
    } else {
      if (listing.id.empty())
        writer_.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
      else
        writer_.open("ul", {{"class", "govuk-list govuk-list--bullet"}, {"id", listing.id}});
      items(listing.items);
      writer_.close("ul");
    }
  }

  void put(const Entries& entries) {
    if (entries.entries.empty()) return;
    writer_.open("dl", {{"class", "govuk-summary-list tithing-paper__entries"}});
    for (const Entry& entry : entries.entries) {
      writer_.open("div", {{"class", "govuk-summary-list__row"}}).open("dt", {{"class", "govuk-summary-list__key"}});
      text(entry.label);
      writer_.close("dt").open("dd", {{"class", "govuk-summary-list__value"}});
      if (entry.value.empty()) {
        writer_.open("span", {{"class", "tithing-paper__blank"}}).text(own(tr("to be filled in"))).close("span");
      } else {
        put(entry.value);
      }
      writer_.close("dd").close("div");
    }
    writer_.close("dl");
  }

  void put(const TableBlock& block) {
    Table table = in_language(block.table, document_.language.substr(0, 2));
    const auto of_words = [](const Words& words) {
      Words out;
      for (Numeral piece : words.pieces()) {
        piece.text = printable(piece.text);
        out += Words(std::move(piece));
      }
      return out;
    };
    table.caption = as_name(printable(caption_of(table, numbering_.of_table(), document_.language)));
    for (Row& row : table.rows) {
      for (Cell& cell : row) {
        cell.text = printable(cell.text);
        cell.words = of_words(cell.words);
        cell.note = of_words(cell.note);
      }
    }
    writer_.put(to_html(
        table, {.language = document_.language.substr(0, 2), .paged = false, .exportable = options_.exportable}));
  }

  void put(const Note& note) {
    writer_.open("div", {{"class", "govuk-inset-text"}});
    put(note.runs);
    writer_.close("div");
  }

  void put(const Sources& sources) {
    if (sources.items.empty()) return;
    writer_.open("ul", {{"class", "govuk-list tithing-paper__sources"}});
    items(sources.items);
    writer_.close("ul");
  }

  void put(const PageBreak&) { writer_.open("div", {{"class", "tithing-paper__break"}}).close("div"); }

  void put(const Signature& signature) { put(Entries{entries_of(signature, document_.language)}); }

  void put_footnotes() {
    if (footnotes_.empty()) return;
    writer_.open("section", {{"class", "tithing-paper__footnotes"}, {"aria-label", own(tr("Footnotes"))}})
        .open("ol", {{"class", "govuk-list govuk-list--number"}});
    for (std::size_t i = 0; i < footnotes_.size(); ++i) {
      const std::string number = std::to_string(i + 1);
      writer_.open("li", {{"id", "footnote-" + number}});
      text(footnotes_[i]);
      writer_.text(" ").open("a", {{"class", "govuk-link"}, {"href", Url::parse("#footnote-" + number + "-mark")}});
      writer_.text(own(tr("Back to the text of footnote {0}", {number})));
      writer_.close("a").close("li");
    }
    writer_.close("ol").close("section");
  }

  const Document& document_;
  const DocumentHtml& options_;
  Numbering numbering_;
  Writer writer_;
  std::vector<std::string> footnotes_;
};

}  // namespace

html::Markup to_html(const Document& document, const DocumentHtml& options) {
  document.check();
  return Paper(document, options).article();
}

html::Markup to_page(const Document& document, const html::Url& back, const DocumentHtml& options) {
  Writer writer(options.language);
  writer.raw("<!DOCTYPE html><html")
      .attribute("lang", document.language.substr(0, 2))
      .raw(" class=\"govuk-template\"><head><meta charset=\"utf-8\">");
  writer.element("title", printable(document.title) + " - Tithing");
  writer.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
  writer.void_element("link", {{"rel", "stylesheet"}, {"href", govuk::asset_url("tithing.css")}});
  writer.void_element("link", {{"rel", "icon"}, {"href", govuk::asset_url("favicon.svg")}, {"type", "image/svg+xml"}});
  writer.raw(
      "</head><body class=\"govuk-template__body\"><div class=\"govuk-width-container\"><main class=\"tithing-main\" "
      "id=\"main-content\">");
  if (!back.empty()) {
    writer.open("p", {{"class", "govuk-body-s tithing-paper__back"}})
        .element("a", {{"class", "govuk-link"}, {"href", back}}, tr("Back to the page of this paper"))
        .close("p");
  }
  if (!document.kind.empty()) writer.element("p", {{"class", "tithing-caption"}}, printable(document.kind));
  writer.element("h1", {{"class", "govuk-heading-l"}}, printable(document.title));
  DocumentHtml own = options;
  own.exportable = false;
  writer.put(to_html(document, own)).raw("</main></div></body></html>\n");
  return writer.take();
}

}  // namespace tithing::exports
