// The lines of a form in which an account's roles stand: what was typed, what it means, how it is written and said.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "slices/identity/pages.h"

namespace tithing::identity {

// A line, kept as it was sent when something is wrong with it. Where a role holds is always said, never what an empty
// field happens to mean.
struct GrantRow {
  std::string role;          // code, or empty
  std::string organisation;  // as typed, or the name of the body
  std::string body;          // code of the body that was chosen, as_words(), or empty
  std::string where;         // "everywhere", "area", "body", or empty
  std::string area;          // as typed, or the name of the area
  std::string area_is;       // code of the area that was chosen, or empty
};

std::vector<GrantRow> rows_of(const std::vector<Grant>& grants, const Rooms& rooms);
// Of a form that was sent, without lines into which nothing was put. `prefix` is "" or kBegan.
std::vector<GrantRow> rows_sent(const web::Fields& form, std::string_view prefix = {});

// What the lines mean; every complaint at its field ("where-2" is of the second line).
struct GrantsRead {
  std::vector<Grant> grants;
  std::vector<FieldProblem> wrong;
};
GrantsRead read_grants(const std::vector<GrantRow>& rows, const Rooms& rooms, Date today);

void put_grants(html::Writer& writer, const std::vector<GrantRow>& rows, const Problem& problem, const Rooms& rooms,
                Date today);

// How it stood when the form was opened goes along in it, so that two who change the same account can be told apart.
inline constexpr std::string_view kBegan = "began-";
void put_began(html::Writer& writer, const std::vector<GrantRow>& rows);
// "Auditor: every area; Panel member, Leeds Council: where its organisation is".
std::string said(const std::vector<GrantRow>& rows, const std::string& language);
// What is stored, without the lines that you took away, and after them those that you added.
std::vector<GrantRow> merged_rows(const std::vector<GrantRow>& began, const std::vector<GrantRow>& yours,
                                  const std::vector<GrantRow>& stored);

}  // namespace tithing::identity
