// What the pages of the register of bodies have in common.
#pragma once

#include <string>
#include <vector>

#include "exports/table.h"
#include "exports/table_html.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "slices/bodies/service.h"
#include "web/as_at.h"
#include "web/form_parts.h"
#include "web/page_parts.h"
#include "web/web.h"

namespace tithing {
struct Wiring;
}

namespace tithing::bodies {

// What every page of the slice is written with.
using exports::Cell;
using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;
using web::heading;
using web::link;
using web::link_line;
using web::links_line;
using web::paragraph;

std::string moment(Instant at);  // "22 November 2026, 10:42 UTC"
// A whole number without sign of at most 18 digits; 0 for anything else.
std::int64_t number_of(const std::string& text);
// The register that the address asks for: on a day, and as it is or under a proposal.
struct Seen {
  std::shared_ptr<const Register> all;
  Date as_at;
  std::shared_ptr<const Under> under;  // null: the register as it is
};
// invalid for a malformed day, forbidden or not_found for a proposal.
Result<Seen> seen(BodiesService& service, const web::Context& context);
// What is answered where it cannot be seen: who is not signed in is asked to, as on any page that asks for it.
web::Answer not_seen(const web::Context& context, const Problem& problem);

// What a page of the register adds to the control of its day.
struct Control {
  bool area = false;
  bool body = false;
  bool proposals = true;  // the register can be shown under one
  std::vector<std::string> without = {};
};
// A page of the register: the control of the day above what it shows, the proposal's banner, and links that keep both.
web::Answer register_page(BodiesService& service, const web::Context& context, const Seen& seen,
                          web::PageOptions options, const html::Markup& body, const Control& control = {});

html::Url body_url(const std::string& code, const web::Context& context);
html::Url change_url(std::int64_t number);
html::Url record_url(std::int64_t record);
html::Url proposal_url(std::int64_t number);
// The page of a body on a day, in the register that the table is of.
html::Url plain_url(const Register& all, const std::string& code, Date as_at);
html::Markup body_link(const Register& all, const std::string& code, Date as_at, const web::Context& context);
// The paper that a fact rests on, as a link to its paragraph when the paper is here, else its reference in words.
html::Markup source_link(const Fact& fact, const web::Context& context);
exports::Cell source_cell(const Fact& fact, const web::Context& context);
std::string names_of(const Register& all, const std::vector<std::string>& codes);  // the last ones: "A, B"
std::string sentences(const std::vector<std::string>& texts);  // one after the other, each with its full stop
// What stands behind a fact in a list: its paper, its note, and from what it is inferred where the paper does not say
// it.
void put_source(html::Writer& writer, const Fact& fact, const web::Context& context);
// On a page that asks to check: what a change takes away and what it brings, and who will see it.
void put_effect(html::Writer& writer, BodiesService& service, const Seen& seen, const Effect& effect);
// The page for an address whose "area" (and "body") may be a name: it leads to the same address with the code, or asks
// which is meant.
web::Handler by_names(BodiesService& service, bool with_body, web::Handler handler);
web::PageOptions options_of(const html::Content& title, bool as_at_control = true);
// The table with its sort order and page from the address, and links to its files. `file` is "list":
// /bodies/files/list.csv
html::Markup shown(exports::Table& table, const web::Context& context, const std::string& file,
                   const Label& empty_text);
// Crimes of a year in the areas that the body served on the day, or on its last one; nothing where there is no
// evidence.
void crime_part(html::Writer& writer, const Wiring& wiring, BodiesService& service, const Register& all,
                const std::string& code, Date as_at, const web::Context& context);
std::string standing_text(const Register& all, const std::string& code, Date as_at);  // empty when it stands

// Tables, each shown, exported and tested as one value.
// Those in whose name `called` stands. With `part`, only the rows of that page in that order: of 10,000 bodies the
// others need not be written. `paging` is filled.
struct ListPart {
  const web::Context& context;
  exports::View view;
  exports::Paging paging = {};
};
exports::Table list_table(BodiesService& service, const Register& all, const std::string& area, const std::string& kind,
                          Date as_at, const std::string& called = {}, ListPart* part = nullptr);
exports::Table difference_table(BodiesService& service, const Register& all, const std::string& area, Date from,
                                Date to);
exports::Table facts_table(BodiesService& service, const Register& all, const std::string& area);
exports::Table duties_table(BodiesService& service, const Register& all, const std::string& area, Date as_at);
exports::Table calendar_table(BodiesService& service, const Register& all, const std::string& area,
                              const std::string& body, Date from, Date to);
exports::Table without_day_table(const Register& all, const std::string& body, Date day);
// `function` is a code, or kLocalPolicing (duties.h).
exports::Table tenure_table(BodiesService& service, const Register& all, const std::string& area,
                            const std::string& function, Date as_at);
// RFC 5545; `now` is when it is made.
std::string calendar_ics(BodiesService& service, const Register& all, const std::string& area, const std::string& body,
                         Date from, Date to, Instant now);
// Whether all bodies without an area are too many for what looks at each with each.
bool too_many(BodiesService& service, const Register& all, const std::string& area);
// Of the page of overlap: "shared", "meetings", "hours", "shared-organisations", "shared-posts"; without columns for
// another name.
exports::Table overlap_table(BodiesService& service, const Register& all, const std::string& what,
                             const web::Context& context, Date as_at);
exports::Table shared_table(BodiesService& service, const Register& all, const std::string& area, Date as_at);

}  // namespace tithing::bodies
