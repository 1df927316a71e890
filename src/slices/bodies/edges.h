// What slice.cpp puts together: pages and subcommands.
#pragma once

#include "slices/bodies/service.h"

namespace tithing::bodies {

void register_pages(Wiring& wiring, BodiesService& service);
void register_duty_pages(Wiring& wiring, BodiesService& service);
void register_overlap_pages(Wiring& wiring, BodiesService& service);
void register_edit_pages(Wiring& wiring, BodiesService& service);
void register_subcommands(Wiring& wiring, BodiesService& service);

}  // namespace tithing::bodies
