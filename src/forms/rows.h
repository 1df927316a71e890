// Rows of the same fields, as many as there are: funds of a pot, areas of a scheme, payments of a year. One is added
// and taken out with a button, without script; a table may be pasted, is read leniently, and is shown back in the rows.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "forms/field.h"

namespace tithing::forms {

struct Rows {
  std::string name;  // "fund": its fields are "fund-0-name", "fund-1-name", ..
  html::Content legend = {};
  html::Content hint = {};
  std::vector<Field> fields = {};  // as they are called within a row; the first tells what the row is of
  std::function<html::Content(const std::string& number)> title = {};  // "Fund 1"
  html::Content add = {};                                              // "Add a fund"
  html::Content paste = {};   // what the box for a table from elsewhere asks; empty: there is none
  std::string none = {};      // what is said where no row is filled; without it that is allowed
  bool side_by_side = false;  // fields of a row in one line, where the screen has room for it
};

std::string in_row(const Rows& rows, int row, const std::string& field);  // "fund-1-name"
int count(const Rows& rows, const Values& values);                        // how many a form shows, one at least

// A row into which somebody has written: its values by the names of the fields.
struct Row {
  int number = 0;  // from 0, as the form has it
  Values values;
};
std::vector<Row> rows_in(const Rows& rows, const Values& values);
void put_rows(const Rows& rows, Values& values, const std::vector<Values>& all);

// Does what was pressed (do=add-fund, do=out-fund-1), and reads what was pasted whatever was pressed. Whether the form
// is to be shown again: nobody saves what they have not seen.
bool turned(const Rows& rows, Values& values);
// Lines of a table by the fields of a row: by a line of headings where there is one, else in their order. What has more
// cells than there are fields is kept in the last one.
std::vector<Values> read_pasted(const Rows& rows, const std::string& text);

// What a form asks, in its order.
struct Questions {
  std::vector<Field> first = {};
  std::vector<Rows> rows = {};
  std::vector<Field> last = {};
};
bool turned(const Questions& questions, Values& values);
Problem settle_all(const Questions& questions, Values& values);  // of rows, those that are filled
// Every field by its name in the form, of as many rows as either of the two has: for a page that sets them beside each
// other.
std::vector<Field> fields_of(const Questions& questions, const Values& one, const Values& other = {});

// As merged() of values.h, a row of theirs with the row of yours that is of the same (by what its first field says),
// wherever each stands: what one of the two took out or added moves nothing onto another row.
Values merged(const std::vector<Rows>& rows, const Values& began, const Values& yours, const Values& stored);

// Adds what is wrong beside it at fields of which nothing was said yet.
void add_problems(Problem& problem, const std::vector<FieldProblem>& more);

}  // namespace tithing::forms
