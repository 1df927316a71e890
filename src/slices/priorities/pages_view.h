// What the pages of the slice have in common.
#pragma once

#include <string>
#include <vector>

#include "exports/table.h"
#include "exports/table_html.h"
#include "forms/form.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "path/page/path_part.h"
#include "scoring/page/scoring_tables.h"
#include "slices/priorities/service.h"
#include "slices/wiring.h"
#include "web/form_parts.h"
#include "web/page_parts.h"
#include "web/web.h"

namespace tithing::priorities {

using web::error_summary;
using web::field_error;
using web::heading;
using web::hidden_field;
using web::link_line;
using web::paragraph;
using web::whole_number;
html::Url exercise_url(const Exercise& exercise, const std::string& below = {});
std::string name_of(Stage stage);
// What the command will allow: the permission, and that it reaches to the area of the exercise.
inline bool may(const web::Context& context, const Permission& permission, const Exercise& exercise) {
  return context.reach().may(permission, standing_of(exercise).whose);
}
// Title, breadcrumbs to the exercise (null: to the list), the problem's summary and status.
web::PageOptions options_of(const web::Context& context, const html::Content& title, const Exercise* exercise,
                            const Problem& problem = {});
// The exercise of the address if this person may read it; forbidden with a sentence that says to sign in.
Result<Exercise> readable(PrioritiesService& service, const web::Context& context);
// The form of one item, of a scorer or (moderated) of the meeting (pages_scoring.cpp).
web::Answer scores_form(PrioritiesService& service, web::Context& context, const Exercise& exercise, bool moderated,
                        const Problem& problem);
// What was posted of that form is kept as a draft, unless it says what is stored.
void keep_scores(PrioritiesService& service, web::Context& context, const Exercise& exercise, bool moderated);
// What the actor has declared of the item; nothing where there is no interest.
std::optional<scoring::Interest> own_interest(PrioritiesService& service, const web::Context& context,
                                              const Exercise& exercise, const Item& item);
// In the form of the scores, so that those are not lost: to declare or end the actor's interest in an item; and the
// table of all that hold, or nothing (pages_interest.cpp).
void interest_part(forms::Form& form, PrioritiesService& service, const web::Context& context, const Exercise& exercise,
                   const Item& item);
html::Markup interests_part(const web::Context& context, const Exercise& exercise,
                            const std::vector<scoring::Interest>& interests);
std::string type_name(const evidence::Snapshot& snapshot, const std::string& type);  // "Burglary"
std::string area_name(PrioritiesService& service, const std::string& code);

}  // namespace tithing::priorities
