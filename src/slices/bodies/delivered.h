// The files of data/workspaces, embedded in the program, and the papers on which their facts rest.
#pragma once

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
  struct Paragraph {
    std::string number;  // "Background 2"
    std::string words;   // what it says, quoted or in short
  };
  std::vector<Paragraph> paragraphs;
};
const std::vector<Paper>& papers();  // of papers.csv, read once
const Paper* find_paper(std::string_view code);

}  // namespace tithing::bodies
