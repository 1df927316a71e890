#include "base/secret.h"
void keep(const tithing::Secret& secret);
void kept(const std::string& text) { keep(tithing::Secret(text)); }
