// The room's forms are those of the platform.
#pragma once

#include "forms/editing.h"
#include "slices/pots/money_fields.h"

namespace tithing::pots {

using forms::finish;
using forms::Form;
using forms::merged;
using forms::Overtaken;
using forms::overtaken_page;
using forms::without_empty_rows;

inline Entered entered_in(const web::Context& context) { return forms::values_in(context); }
inline Entered entered_in(const drafts::Draft& draft) { return forms::values_in(draft); }
inline std::int64_t number_in(const std::string& text) { return forms::whole_or(text, 0); }  // 0: none

}  // namespace tithing::pots
