#pragma once

#include "base/result.h"
#include "base/secret.h"

namespace tithing::app {

// The key that signs the forms of visitors without a session: <data>/form-key, made on first use, readable by its owner only.
Result<Secret> form_key(const std::string& data_folder);

}  // namespace tithing::app
