// A step of a scheme as the fields of a form, and back. Values in, values out: what is typed is read here, with a
// sentence for each field that cannot be; whether the step fits its scheme is for check() and allocate().
#pragma once

#include <map>
#include <string>
#include <vector>

#include "slices/pots/indicator_fields.h"

namespace tithing::pots {

struct StepType {
  std::string code;  // as in the file: "hold_back"
  std::string name;  // "Hold-back"
  std::string what;  // what it does, in a sentence
};
const std::vector<StepType>& step_types();
const StepType* find_step_type(const std::string& code);
std::string type_of(const Step& step);

// What the form of a step asks, but for its indicators: fields, then a number for each area, then fields.
struct StepQuestions {
  std::vector<forms::Field> first;
  std::string by_area;  // "split", "own": of_area() of it is the name of the area's field; empty: none
  html::Content legend = {}, hint = {};
  bool money = false;
  std::vector<forms::Field> areas, last;
};
StepQuestions step_questions(const std::string& type, const Entered& entered, const Scheme& scheme);

Entered entered_from(const Step& step);

// A step with the tables that came with it, and everything that is wrong with what was entered.
struct EnteredStep {
  Step step;
  std::vector<KeptTable> tables;
  Problem problem;  // without a message: nothing is wrong
};
// `former`: the step as it is kept, whose sources stay where a table was not changed, and whose values stay where
// nobody changed them. What was pasted is put into its fields, and `entered` settled; `pasted`: that happened, and the
// form is to be shown again. not_found for another type.
Result<EnteredStep> step_from(const std::string& type, Entered& entered, const Scheme& scheme, const Step* former,
                              const std::map<std::string, Upload>& uploads);
// Buttons and boxes of the form: an indicator, a year, a span more or less, what was pasted. Whether the form is to be
// shown again, with what is wrong in a box.
bool step_turned(const std::string& type, Entered& entered, const Scheme& scheme, Problem& problem);

// The field of the form that shows what is wrong at a place of the step ("indicators[0].weight", "share", "").
std::string field_of_place(const std::string& type, std::string_view place, const Scheme& scheme);

}  // namespace tithing::pots
