// What the values that a scheme states end at: a worked example's transcription, which comes with the program and can be
// fetched, or the saved versions of a scheme and its pot, with who saved them and when.
#pragma once

#include "slices/funding/allocation.h"
#include "slices/funding/examples.h"
#include "slices/funding/records.h"

namespace tithing::funding {

constexpr const char* kTranscription = "transcription";  // the last part of the address of a worked example's file

figures::Source source_of(const Example& example);
Grounds grounds_of(const Example& example);
figures::Source source_of(const PotRecord& pot);
Grounds grounds_of(const SchemeRecord& scheme, const PotRecord& pot);

// For who may not know the accounts: an entry names its saver no more.
void hide_names(figures::Figure& figure);

}  // namespace tithing::funding
