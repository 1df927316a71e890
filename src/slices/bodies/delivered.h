// The files of data/workspaces, embedded in the program, and the papers on which their facts rest.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace tithing::bodies {

struct DeliveredFile {
  std::string name;  // "reference.csv"
  std::string bytes;
};
std::vector<DeliveredFile> delivered_files();  // by name

struct Paper {
  std::string code;  // "worcestershire-2011"
  std::string title;
  Date dated;
  std::string sha256;      // of the paper's text as it was read; empty where only a summary or a list was at hand
  std::int64_t bytes = 0;  // its size
  std::string published;   // where, as far as is known
  std::string inferred;    // of its day, what the paper does not say and from what it follows; empty where it says it
  struct Paragraph {
    std::string number;  // "Background 2"
    std::string words;   // what it says, quoted or in short
    std::string begins;  // the words with which it begins and ends in the paper, by which it is found there
    std::string ends;
  };
  std::vector<Paragraph> paragraphs;
};
const std::vector<Paper>& papers();  // of papers.csv and paragraphs.csv, read once
const Paper* find_paper(std::string_view code);

}  // namespace tithing::bodies
