// Answers that are not pages.
#include "base/json.h"
#include "base/text.h"
#include "http/message.h"
#include "web/web.h"

namespace tithing::web {

int status_of(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::invalid:
      return 400;
    case ProblemKind::not_found:
      return 404;
    case ProblemKind::forbidden:
      return 403;
    case ProblemKind::conflict:
      return 409;
    case ProblemKind::unavailable:
      return 503;
  }
  return 500;
}

Answer redirect(const html::Url& to) {
  Answer answer(303);
  answer.set("Location", to.text());
  return answer;
}

Answer text_answer(std::string text, std::string content_type, int status) {
  Answer answer(status);
  answer.set("Content-Type", content_type);
  answer.body = std::move(text);
  return answer;
}

Answer json_answer(std::string json, int status) { return text_answer(std::move(json), "application/json", status); }

// RFC 9457. `type` is left out, which means about:blank: the title is then the status's own phrase.
Answer problem_json(const Problem& problem) {
  const int status = status_of(problem.kind);
  JsonWriter json;
  json.begin_object();
  json.member("title", http::reason_phrase(status)).member("status", status).member("detail", problem.message);
  if (!problem.fields.empty()) {
    json.key("errors").begin_array();
    for (const FieldProblem& field : problem.fields)
      json.begin_object().member("parameter", field.field).member("detail", field.message).end_object();
    json.end_array();
  }
  json.end_object();
  Answer answer = text_answer(json.take(), "application/problem+json", status);
  if (problem.kind == ProblemKind::unavailable) answer.set("Retry-After", "5");
  return answer;
}

Answer download(std::string bytes, std::string content_type, const std::string& file_name) {
  // RFC 6266: a plain name for old clients, the real one encoded as RFC 8187 has it.
  std::string plain;
  for (const char c : file_name) {
    const bool safe = static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F && c != '"' &&
                      c != '\\' && c != '/' && c != '%';
    plain += safe ? c : '_';
  }
  Answer answer = text_answer(std::move(bytes), std::move(content_type));
  answer.set("Content-Disposition",
             "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + url_encoded(file_name));
  return answer;
}

html::Url local_path(std::string_view text) {
  const bool local = !text.empty() && text.front() == '/' && (text.size() < 2 || (text[1] != '/' && text[1] != '\\'));
  const html::Url url = local ? html::Url::parse(text) : html::Url();
  return url.empty() || url.text().front() != '/' ? html::Url("/") : url;
}

}  // namespace tithing::web
