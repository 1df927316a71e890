// What slice.cpp puts together: pages and subcommands.
#pragma once

#include "slices/bodies/service.h"

namespace tithing::bodies {

// The rows of a file to be imported: of a CSV, or of the one sheet of a workbook (.xlsx) that has a column "fact", by
// its own name or by the mapping; with `sheet`, of the sheet of that name. invalid names the field "file" or "sheet".
Result<FactRows> fact_rows_of(const std::string& bytes, const std::vector<std::pair<std::string, std::string>>& mapping,
                              const std::string& sheet);

void register_pages(Wiring& wiring, BodiesService& service);
void register_duty_pages(Wiring& wiring, BodiesService& service);
void register_overlap_pages(Wiring& wiring, BodiesService& service);
void register_body_pages(Wiring& wiring, BodiesService& service);
void register_edit_pages(Wiring& wiring, BodiesService& service);
void register_reorganise_pages(Wiring& wiring, BodiesService& service);
void register_import_pages(Wiring& wiring, BodiesService& service);
void register_change_pages(Wiring& wiring, BodiesService& service);
void register_proposal_pages(Wiring& wiring, BodiesService& service);
void register_subcommands(Wiring& wiring, BodiesService& service);

}  // namespace tithing::bodies
