#include "web/form_parts.h"

#include <fstream>
#include <iterator>

#include "base/text.h"
#include "govuk/components.h"

namespace tithing::web {

html::Content field_error(const Problem& problem, std::string_view field) {
  for (const FieldProblem& one : problem.fields)
    if (one.field == field) return tr(one.message);
  return {};
}

html::Markup error_summary(const Problem& problem, const std::string& language, const std::set<std::string>* ids) {
  if (problem.message.empty()) return {};
  govuk::ErrorSummaryParams summary;
  summary.title = tr("There is a problem");
  for (const FieldProblem& field : problem.fields)
    summary.error_list.push_back(
        {.text = tr(field.message),
         .href = ids == nullptr || ids->count(field.field) > 0 ? html::Url::parse("#" + field.field) : html::Url()});
  if (problem.fields.empty()) summary.error_list.push_back({.text = tr(problem.message)});
  return govuk::rendered(summary, language);
}

void hidden_field(html::Writer& writer, const std::string& name, const std::string& value) {
  writer.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

std::int64_t whole_number(std::string_view text) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != std::string_view::npos) return 0;
  return std::stoll(std::string(text));
}

Result<GivenText> file_or_pasted(const Context& context, std::string_view file_field, std::string_view text_field,
                                 std::int64_t most) {
  for (const UploadedFile& file : context.files) {
    if (file.field != file_field || file.bytes == 0) continue;
    if (file.bytes > most)
      return invalid(
          tr("The file is too large."),
          {{std::string(text_field), "Choose a file of at most " + std::to_string(most / 1'000'000) + " MB."}});
    std::ifstream stream(file.path, std::ios::binary);
    GivenText given;
    given.text.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    given.file_name = file.file_name;
    return given;
  }
  return GivenText{context.form_value(text_field), {}};
}

}  // namespace tithing::web
