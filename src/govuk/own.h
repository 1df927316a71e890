// Tithing's own small parts, beside GOV.UK's: the figure's link, the region that scrolls, red-amber-green, long work,
// the tree of a figure's inputs. Their styles are assets/styles/_figures.scss, _tables.scss and _work.scss.
#pragma once

#include <cstdint>

#include "govuk/common.h"

namespace tithing::govuk {

// A figure: a link with a dotted underline to its working. `hint` is its formula and source in one line, shown while it
// is pointed at or has the focus. Text or a message, never markup.
struct FigureLinkParams {
  Content text = {};  // "42,954", "not known", "fewer than 5"
  Url href = {};
  Content hint = {};
  bool unknown = false;      // set in the manner of what is not known
  bool provisional = false;  // marked with a p; the page says what that means
};
void render(Writer& writer, const FigureLinkParams& params);

// What is wider than the page scrolls inside a region that can have the focus, so that it can be scrolled by keyboard.
struct ScrollRegionParams {
  Content label = {};            // the region's name: text or a message. Or:
  std::string labelled_by = {};  // the id of the element that names it, such as the table's caption
  Markup body = {};
};
void render(Writer& writer, const ScrollRegionParams& params);

enum class Rag { red, amber, green, none };
// The word stands beside a shape of its own each, so that neither colour nor shape alone carries the meaning.
struct RagParams {
  Rag rag = Rag::none;
  Content text = {};  // "Red", "Amber", "Green" or "Not rated" unless given
};
void render(Writer& writer, const RagParams& params);

// Work under way. While `running`, the page's script asks for `url` again and puts the new words and numbers in place;
// when it no longer runs, the page is loaded anew with its results. Give the page `refresh_seconds` for browsers
// without script.
struct JobProgressParams {
  std::string id = "job";
  Content state = {};      // "Reading the files", "Finished", ...
  Content detail = {};     // "12 of 374 files, 1,203,440 rows"; changes often, so it is not read aloud each time
  std::int64_t done = 0;   // of `total`, in any unit
  std::int64_t total = 0;  // 0: not known
  bool running = false;
  Url url = {};  // this page unless given
};
void render(Writer& writer, const JobProgressParams& params);

// The inputs of a working, as a tree of lists.
struct InputTreeItem {
  Content text = {};    // a sentence with its figure's link
  Content source = {};  // file, checksum, rows: a second, quieter line
  std::vector<InputTreeItem> inputs = {};
};
struct InputTreeParams {
  std::vector<InputTreeItem> items = {};
};
void render(Writer& writer, const InputTreeParams& params);

}  // namespace tithing::govuk
