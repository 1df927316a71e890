// A Document as a Word file (ECMA-376 Part 1, WordprocessingML), written by us: real heading styles with outline
// levels, real numbering, tables with header rows that repeat and a description, footnotes, page numbers, language and
// title. A4.
#pragma once

#include <string>

#include "exports/document.h"

namespace tithing::exports {

struct DocxOptions {
  // Under which address readers reach this program: "https://tithing.example.org". A path then becomes a link. Without
  // it a figure gets a footnote with its address, because a path leads nowhere from a file.
  std::string site;
};

// The same arguments give the same bytes.
std::string to_docx(const Document& document, const DocxOptions& options = {});

constexpr const char* kDocxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

}  // namespace tithing::exports
