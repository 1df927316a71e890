// What the fields of pots and schemes have in common: numbers with one reading, and a number for each area of a scheme.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "forms/rows.h"
#include "slices/pots/records.h"

namespace tithing::pots {

using Entered = forms::Values;
using forms::at;

forms::Field text_field(std::string name, html::Content label, html::Content hint = {}, std::string classes = {});
forms::Field money_field(std::string name, html::Content label, html::Content hint = {});
// "12.5", "12.5%", "1/3": kept as it was typed.
forms::Field per_cent_field(std::string name, html::Content label, html::Content hint = {});

// Of a form whose fields were settled; nothing for what is empty, and for what could not be read and was said.
std::optional<Money> money_in(const Entered& entered, const std::string& name);
std::optional<Fraction> fraction_in(const Entered& entered, const std::string& name);
Size size_in(const Entered& entered);  // "amount", "percent"
// Adds what check() says beside it. That an amount or a share is missing is not said where one of them could not be
// read.
void add_lacks(Problem& problem, const std::vector<FieldProblem>& more);
void put(Entered& out, const std::string& name, const std::optional<Money>& amount);
void put_per_cent(Entered& out, const std::string& name, const std::optional<Fraction>& part);
void put(Entered& out, const Size& size);

// A field for each area, called by the area's key: a form that comes back when areas were added has each number where
// it was. "split-of-north".
std::string of_area(const std::string& name, const std::string& key);
std::vector<forms::Field> fields_by_area(const std::vector<Area>& areas, const forms::Field& each);

const Area* area_named(const std::vector<Area>& areas, const std::string& text);  // by key, else by name

// Lines "area, number" as they are pasted, into the fields of each area. The text of the box stays where a line cannot
// be read, with what is wrong with it; else the box is emptied.
std::optional<std::string> take_pasted(Entered& entered, const std::string& box, const std::string& name,
                                       const std::vector<Area>& areas, bool money);

}  // namespace tithing::pots
