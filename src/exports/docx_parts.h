// The parts of a Word file that are the same in every paper, and the sizes that the paper's own text shares with them.
// document_docx.cpp alone includes it.
#pragma once

#include <string>
#include <string_view>

namespace tithing::exports::docx {

// Twentieths of a point. A4 with margins of 2 cm.
constexpr int kPageWidth = 11906, kPageHeight = 16838, kMargin = 1134;
constexpr int kTextWidth = kPageWidth - 2 * kMargin;
constexpr int kIndent = 709;        // of numbered paragraphs and lists
constexpr int kEntryIndent = 3402;  // where the value of a labelled line begins

// Numbering: headings with their paragraphs, bullets, and one for each numbered list from kFirstList on.
constexpr int kOutline = 1, kBullets = 2, kFirstList = 3;

std::string xml(std::string_view text);  // escaped, and only what XML can hold

std::string content_types();
std::string package_relations();
std::string core_properties(const std::string& title, const std::string& reference, const std::string& author,
                            const std::string& language, const std::string& created);  // the day, ISO, or empty
std::string app_properties();
std::string styles(const std::string& language);
std::string numbering(int numbered_lists);
std::string settings(const std::string& language);
std::string footer(const std::string& text, const std::string& page, const std::string& of);  // "Page", "of"
std::string footnotes(const std::string& of_document);

}  // namespace tithing::exports::docx
