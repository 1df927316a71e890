// What the values that a scheme states end at: a worked example's transcription, which comes with the program and can
// be fetched, or the saved versions of a scheme and its pot, with who saved them and when. What the demonstration
// brought is no person's entry: it ends at its paper, at the example it was made of, or says that it was constructed.
#pragma once

#include "allocation/allocation.h"
#include "slices/pots/examples.h"
#include "slices/pots/records.h"

namespace tithing::pots {

// The paper behind Worcestershire's pots; the same as in data/workspaces/papers.csv (a test compares them).
constexpr const char* kTablePaper = "worcestershire-2011";
constexpr const char* kTablePaperTitle =
    "Safer Communities Board, Worcestershire: Future Worcestershire Community Safety Partnership arrangements";
constexpr const char* kTablePaperSha256 = "dffee29db257ee5231b358d6676ce00b526bcf036a0e5b0e7f4f9a3348a7a61d";
// What the program constructed for its demonstration is by these.
constexpr const char* kConstructedBy = "the authors of Tithing: no body has published or decided it";

constexpr const char* kTranscription = "transcription";  // the last part of the address of a worked example's file

figures::Source source_of(const Example& example);
Grounds grounds_of(const Example& example);
figures::Source source_of(const PotRecord& pot);
Grounds grounds_of(const SchemeRecord& scheme, const PotRecord& pot);

// For who may not know the accounts: an entry names its saver no more.
void hide_names(figures::Figure& figure);

}  // namespace tithing::pots
