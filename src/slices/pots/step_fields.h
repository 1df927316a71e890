// A step of a scheme as the fields of a form, and back. Values in, values out: what is typed is read here, with a
// sentence for each field that cannot be; whether the step fits its scheme is for check() and allocate().
#pragma once

#include <map>
#include <string>
#include <vector>

#include "allocation/scheme.h"
#include "slices/pots/records.h"

namespace tithing::pots {

// Names and texts of fields. Several choices of one field stand in lines.
using Entered = std::map<std::string, std::string>;

struct StepType {
  std::string code;  // as in the file: "hold_back"
  std::string name;  // "Hold-back"
  std::string what;  // what it does, in a sentence
};
const std::vector<StepType>& step_types();
const StepType* find_step_type(const std::string& code);
std::string type_of(const Step& step);

Entered entered_from(const Step& step);

// A step with the tables that came with it.
struct EnteredStep {
  Step step;
  std::vector<KeptTable> tables;
};
// `uploads` are texts of files by the name of the field, already CSV, with the file's name and bytes as they came.
struct Upload {
  std::string name;
  std::string bytes;  // as they came
  std::string text;   // as CSV
};
// `former`: the step as it is kept, whose sources stay where a table was not changed. invalid with the fields of the
// form.
Result<EnteredStep> step_from(const std::string& type, const Entered& entered, const Scheme& scheme, const Step* former,
                              const std::map<std::string, Upload>& uploads);

// The field of the form that shows what is wrong at a place of the step ("indicators[0].weight", "share", "").
std::string field_of_place(const std::string& type, std::string_view place);

// How many indicators the form has.
int indicator_count(const Entered& entered);

// Lines "area,value": an area by its key or its name. invalid with `field` and the line.
Result<std::map<std::string, Fraction>> read_parts(const std::string& text, const std::vector<Area>& areas, bool money,
                                                   const std::string& field);

}  // namespace tithing::pots
