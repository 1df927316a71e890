// What slice.cpp puts together: pages and subcommands.
#pragma once

#include "slices/register/service.h"

namespace tithing::register_ {

void register_pages(Wiring& wiring, RegisterService& service);
void register_name_page(Wiring& wiring, RegisterService& service);
void register_review_pages(Wiring& wiring, RegisterService& service);
void register_publication_pages(Wiring& wiring, RegisterService& service);
void register_import_pages(Wiring& wiring, RegisterService& service);
void register_subcommands(Wiring& wiring, RegisterService& service);

}  // namespace tithing::register_
