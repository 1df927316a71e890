// What the forms that change the register have in common: the register of the address, under a proposal or as it is,
// the sheet that a form is written on, and the change that it asks for, tried or made.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "forms/sheet.h"
#include "slices/bodies/pages_fields.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {

struct Work {
  BodiesService& service;
  Wiring& wiring;
  web::Context& context;
  Seen view;  // what is entered under a proposal becomes a part of it

  Names names() const { return {view.all, service.areas(), view.as_at}; }
  db::Database& database() const { return *wiring.database; }
  // Narrow, and above the form the note that what is entered becomes a part of the proposal.
  forms::Sheet sheet(web::PageOptions options) const;
  Result<Effect> tried(const std::vector<Edit>& edits) const;
  // The reason, and the version of the proposal that was seen, stand in the form.
  Status saved(const forms::Values& values, const std::vector<Edit>& edits) const;
  // Where a form leads that has been saved: to the proposal, or to the body, the first of several ("a;b").
  html::Url afterwards(const std::string& bodies) const;
};

// A handler that works with the register of the address.
web::Handler with_work(Wiring& wiring, BodiesService& service, std::function<web::Answer(Work&)> handler);

}  // namespace tithing::bodies
