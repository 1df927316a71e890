// Result<T>: what a function returns when failing is an ordinary outcome. Faults (a broken disk, a bug) are exceptions.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace tithing {

// Why something that may be expected to fail did fail. One table in web/answers.cpp turns a kind into a status code.
enum class ProblemKind {
  invalid,      // what was given cannot be used; `fields` says where
  not_found,    // no such thing, or not for this person to know of
  forbidden,    // this person may not do it
  conflict,     // it changed meanwhile
  unavailable,  // cannot be done now; trying again may help
};

class Message;  // base/translation.h, which has these functions for a Message too: invalid(tr("..", {..}))

struct FieldProblem {
  FieldProblem() = default;
  FieldProblem(std::string of_field, std::string sentence) : field(std::move(of_field)), message(std::move(sentence)) {}
  FieldProblem(std::string of_field, const Message& sentence);
  FieldProblem(std::string of_field, const char* sentence) = delete;

  std::string field;                      // the name of the form field or parameter
  std::string message;                    // a sentence that says what to do, in English
  std::shared_ptr<const Message> said{};  // the same, to be translated
};

// A sentence for the person who asked, saying what to do. Never holds a secret or an internal path.
struct Problem {
  ProblemKind kind = ProblemKind::invalid;
  std::string message;  // in English
  std::vector<FieldProblem> fields;
  std::shared_ptr<const Message> said{};  // the same, to be translated: base/translation.h, sentence_of()
};

template <class T>
using Result = tl::expected<T, Problem>;
using Status = Result<void>;

inline tl::unexpected<Problem> problem(ProblemKind kind, std::string message, std::vector<FieldProblem> fields = {}) {
  return tl::unexpected<Problem>(Problem{kind, std::move(message), std::move(fields), {}});
}
// Not from a literal: a sentence of the program is a message, which is translated.
tl::unexpected<Problem> problem(ProblemKind, const char*, std::vector<FieldProblem> = {}) = delete;
tl::unexpected<Problem> invalid(const char*, std::vector<FieldProblem> = {}) = delete;
tl::unexpected<Problem> not_found(const char*) = delete;
tl::unexpected<Problem> forbidden(const char*) = delete;
tl::unexpected<Problem> conflict(const char*) = delete;
tl::unexpected<Problem> unavailable(const char*) = delete;
inline tl::unexpected<Problem> invalid(std::string message, std::vector<FieldProblem> fields = {}) {
  return problem(ProblemKind::invalid, std::move(message), std::move(fields));
}
inline tl::unexpected<Problem> not_found(std::string message) {
  return problem(ProblemKind::not_found, std::move(message));
}
inline tl::unexpected<Problem> forbidden(std::string message) {
  return problem(ProblemKind::forbidden, std::move(message));
}
inline tl::unexpected<Problem> conflict(std::string message) {
  return problem(ProblemKind::conflict, std::move(message));
}
inline tl::unexpected<Problem> unavailable(std::string message) {
  return problem(ProblemKind::unavailable, std::move(message));
}
// Passes a problem on from a Result of another type: `if (!x) return pass_on(x);`
template <class T>
tl::unexpected<Problem> pass_on(const Result<T>& result) {
  return tl::unexpected<Problem>(result.error());
}

}  // namespace tithing
