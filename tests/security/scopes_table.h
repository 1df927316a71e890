// scopes.csv: who may do what where, read the same way for every part of the program.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/actor.h"
#include "web/web.h"

namespace tithing::test {

// What the grant is for, and whose record is asked for.
struct ScopeCase {
  const char* name;
  const char* organisation;  // code of a body, or empty
  const char* area;
  const char* target;
};
inline constexpr const char* kNoGrant = "no-grant";  // an account without a role

struct Expected {
  std::string method, route, request, scope, role, status;
};

using OfRoute = std::function<bool(const std::string& route)>;
// Of the routes of one part of the program, each request with each scope and each role once; what is missing or said
// twice is a failure.
std::vector<Expected> expected_of(std::span<const ScopeCase> scopes, const OfRoute& of_part);
// Every route of the part that is restricted or changes something has its lines, and there are no lines of a route that
// is not there.
void check_covered(const std::vector<Expected>& all, const web::Router& router, const OfRoute& of_part);
// The account of a line: with its role where its scope is, or without any.
std::vector<Grant> grants_of(std::span<const ScopeCase> scopes, const std::string& scope, const std::string& role);

}  // namespace tithing::test
