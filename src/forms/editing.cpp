#include "forms/editing.h"

namespace tithing::forms {

std::int64_t seen_in(const Values& values) { return whole_or(at(values, "seen"), 0); }

web::Answer opened(db::Database& database, const web::Context& context, const Editing& editing) {
  const auto draft = drafts::find(database, context.actor, editing.draft.key);
  if (!draft) return editing.page(editing.stored, {}, false);
  Values values = values_in(*draft);
  if (editing.version > 0 && seen_in(values) != editing.version) {
    const Values began = editing.began(seen_in(values));
    const bool left_alone = editing.part && began == editing.stored;
    if (!left_alone && context.query_value("draft") != "merged") return overtaken_page(context, editing, values);
    settle_all(editing.fields(values), values);
    values = merged(editing.rows, began, values, editing.stored);
    values["seen"] = std::to_string(editing.version);
  }
  return editing.page(values, {}, true);
}

std::optional<web::Answer> sent(db::Database& database, const web::Context& context, const Editing& editing,
                                const Values& yours) {
  drafts::keep_posted(database, context, editing.draft);
  if (editing.version == 0 || seen_in(yours) == editing.version) return std::nullopt;
  return overtaken_page(context, editing, yours);
}

web::Answer overtaken_page(const web::Context& context, const Editing& editing, const Values& yours) {
  Values settled = yours, began = editing.began(seen_in(yours));
  const std::vector<Field> fields = editing.fields(yours);
  settle_all(fields, settled);
  Overtaken both = overtaken(editing.draft, fields, began, settled, editing.stored, context.language);
  both.with_same = false;
  both.change = editing.change;
  return overtaken_page(context, both);
}

}  // namespace tithing::forms
