// A scheme that somebody opens to change it, as the pages of its forms need it.
#pragma once

#include <string>

#include "slices/pots/pages_saved.h"

namespace tithing::pots {

struct Opened {
  SchemeRecord record;
  PotRecord pot;
  Scheme scheme;
  std::string id() const { return std::to_string(record.id.value); }
};

// The one in the address. forbidden where the reader does not reach to its pot; conflict where it was withdrawn.
Result<Opened> opened(FundingService& service, const web::Context& context);

template <class F>
web::Handler of_scheme(FundingService& service, F then) {
  return [&service, then](web::Context& context) {
    const auto scheme = opened(service, context);
    return scheme ? then(context, *scheme) : web::problem_page(context, scheme.error());
  };
}

// A new scheme, a copy, a file in its place, its withdrawal.
void register_scheme_file_pages(Wiring& wiring, FundingService& service);

}  // namespace tithing::pots
