// Drafts: what somebody typed into a form and has not sent yet, kept for each account and form until the change is
// made, it is thrown away, or 90 days have passed. Only the account that typed it can read it. README.md shows how a
// room uses them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "govuk/button.h"
#include "web/web.h"

namespace tithing::db {
class Database;
}

namespace tithing::drafts {

inline constexpr int kDaysKept = 90;  // since it was last saved
inline constexpr int kMostOfAccount = 50;
inline constexpr std::size_t kMostBytes = 200'000;  // of one draft

// Which form. The same one is the same key.
struct Form {
  std::string key;      // "bodies.change/record/12": slice and form, then what it is about
  std::string title;    // as "Your drafts" names it
  std::string address;  // where it is opened: "/bodies/change?record=12"
  std::string version;  // of what it changes, as it was shown; empty for something new
};

struct Draft {
  Form form;
  web::Fields fields;
  Instant saved_at;
  std::string get(std::string_view name) const;  // first, trimmed; empty when missing
};

// The store. Nobody has drafts who is not signed in: then nothing is found and nothing is kept.
std::optional<Draft> find(db::Database& database, const Actor& actor, const std::string& key);
std::vector<Draft> list(db::Database& database, const Actor& actor);  // newest first
// Takes the place of the former draft of that form. Fields called draft-..., csrf-token and step are left out. invalid
// with a sentence for what is too large, too many, or an address that is not of this site.
Status save(db::Database& database, const Actor& actor, Instant now, const Form& form, const web::Fields& fields);
// The change is made, or the draft is thrown away.
void end(db::Database& database, const Actor& actor, const std::string& key);
// Ends what was last saved more than kDaysKept days before `now`; gives how many.
std::int64_t remove_old(db::Database& database, Instant now);

// Whether a field belongs to the form's machinery and not to what was typed: "csrf-token", "step", "draft-...".
bool is_machinery(std::string_view name);
// The form as its hidden fields name it in what was posted; key "" when they are missing.
Form posted_form(const web::Context& context);
// Keeps what was posted as the draft of `form`. A draft that cannot be kept stops nobody from what they came for.
void keep_posted(db::Database& database, const web::Context& context, const Form& form);

// Last in a form: hidden fields, the line that says when the draft was saved, `primary` and "Save and finish later".
// With script what is typed is saved by itself (assets/script/draft.js).
void put_buttons(html::Writer& writer, const web::Context& context, const Form& form, const std::optional<Draft>& kept,
                 const govuk::ButtonParams& primary);
// The hidden fields alone, for a page between the form and the change ("Check your answers").
void put_hidden(html::Writer& writer, const Form& form);
// Above the heading of a form whose draft has come back: when it was saved, and a button to throw it away.
html::Markup notice(const web::Context& context, const Draft& draft);

// Somebody else saved since the form was opened. All fields are label and value, in one order.
struct Conflict {
  Form form;
  web::Fields began;     // as it stood when this person began; empty when that is not known
  web::Fields yours;     // kept as a draft
  web::Fields stored;    // as it stands now
  html::Content change;  // who changed it, when and why
};
// 409. What each of the two changed, field by field, in words. The first way on leads to form.address with
// draft=merged, where the room shows what is stored now with yours put onto it (forms::merged); the second throws the
// draft away.
web::Answer conflict_page(const web::Context& context, const Conflict& conflict);

std::string time_text(Instant at);              // "10:42 UTC"
std::string when_text(Instant at, Date today);  // the same, with the day when it is another
Message saved_text(Instant at, Date today);     // "Draft saved at 10:42 UTC."

}  // namespace tithing::drafts
