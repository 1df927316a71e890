// What was uploaded and waits for an answer: <data>/spool/import-<token>/given. Left ones are cleared after a day, when
// the program starts.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace tithing::sources {

Result<std::string> keep_waiting(const std::string& data_folder, const std::string& bytes);  // gives the token
std::optional<std::string> waiting(const std::string& data_folder, const std::string& token);
// The same as a file of this name (its last part; what a reader takes a file's name to say stands in it), or nothing.
std::optional<std::string> waiting_file(const std::string& data_folder, const std::string& token,
                                        const std::string& name);
void forget_waiting(const std::string& data_folder, const std::string& token);

}  // namespace tithing::sources
