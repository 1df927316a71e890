// Tokens of forms: what another site cannot know, so that it cannot make a visitor's browser post a form here.
//
// A session has one secret of 256 bits. Each page carries it under a fresh mask, so that a compressed page does not
// give it away by its length (the BREACH attack). Visitors who are not signed in hold a signed cookie instead of a
// session.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tithing::web {

// `secret` is 64 hexadecimal digits. The answer is 128: the mask and the masked secret, different on each call.
std::string masked_token(std::string_view secret);
// Whether `token` is some mask of `secret`. In constant time; false for anything malformed.
bool token_opens(std::string_view token, std::string_view secret);

// The cookie of a visitor: a random name and its HMAC.
std::string new_visit(std::string_view key);
bool visit_is_signed(std::string_view visit, std::string_view key);
// The secret of a visitor's forms, 64 hexadecimal digits.
std::string visit_secret(std::string_view visit, std::string_view key);

}  // namespace tithing::web
