// The papers of an allocation: the paper that proposes it and the notice that decides it, with the headings that police
// and crime commissioners and partnerships use (Thames Valley's and Worcestershire's allocation papers; Warwickshire's
// decision notices). Values in, a Document out: no store, no clock, no request.
//
// Nothing is invented. What is not known is said not to be known, or is a blank with its label; every amount of an area
// is the figure it is given with, linked to its working.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "allocation/allocation.h"
#include "exports/document.h"
#include "exports/xlsx.h"
#include "figures/figure.h"

namespace tithing::pots {

using namespace allocation;

enum class PublicationStatus { not_stated, not_confidential, partly_confidential, confidential };

struct PaperComment {
  std::string from;
  std::optional<Date> on;
  std::string about;  // "Bromsgrove", "Step 2"; empty: the whole
  std::string text;
  std::string answer;  // empty: none is recorded
};

// What is known of the decision. Whatever is empty stays a blank.
struct PaperDecision {
  std::string reference;
  std::string state;    // in words: "Open to comments"
  std::string summary;  // what is proposed and why, as its author wrote it
  std::string body;     // whose decision it is: "Warwickshire Police and Crime Commissioner"
  std::string lead_officer;
  std::string prepared_by;  // who drew it up; left out where it is empty
  std::string approved_by;  // the chief officer who approved that it be put
  std::optional<Date> approved_on;
  PublicationStatus publication = PublicationStatus::not_stated;
  std::string publication_reason;  // why not all of it is published
  bool consulted = false;
  std::optional<Date> consulted_from, consulted_to;  // days on which comments could be made
  bool consulting = false;                           // it is not over
  Words consulted_before;                            // consultations before that one, in sentences; or empty
  Words consulted_note;                              // why it was not as planned, in a sentence; or empty
  std::vector<PaperComment> comments;
  bool agreed = false;
  std::optional<Date> agreed_on;
  std::string agreed_by, post;           // name, and on which authority, as written: an office, a power, a minute
  std::optional<std::string> interests;  // as declared; none: nothing is recorded
  // What the amounts do not keep, and why that was accepted.
  std::vector<std::pair<std::string, std::string>> acknowledged;
  std::optional<Date> published_on;
  std::string supersedes, superseded_by;  // references
};

struct PaperInput {
  const Scheme* scheme = nullptr;          // not null
  const Allocation* allocation = nullptr;  // not null: of that scheme
  // Each area's amount as a figure with its working, in the order of allocation.areas; or none, and no number is a
  // link. One that is another amount than the allocation's is a fault: std::logic_error.
  std::vector<figures::Figure> workings;
  std::vector<Allocation> years;  // as allocate_years() gives them, where the scheme is phased in
  PaperDecision decision;
  std::string title;                 // the scheme's where empty
  std::optional<Date> date;          // of the paper
  std::vector<std::string> remarks;  // said first, set apart from the text
  std::vector<std::string> sources;
};

// Background, formula and indicators, allocations, retained, transition, consultation, decision.
exports::Document allocation_paper(const PaperInput& input);
// Reference, lead officer, approval, date, publication status; decision summary, declaration of interests, signature;
// supporting information, which has the sections of the paper above.
exports::Document decision_notice(const PaperInput& input);

// The papers' table: an area in each row with its prior and proposed amount and the variation, then the totals.
exports::Table paper_table(const PaperInput& input);
// The same table, and a sheet with the workings of every amount down to its sources. Precondition: there are workings.
std::vector<exports::TableSheet> paper_workbook(const PaperInput& input);

}  // namespace tithing::pots
