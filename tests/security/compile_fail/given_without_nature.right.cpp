#include "figures/figure.h"
void give(tithing::figures::Input& input, const std::string& value) {
  input = tithing::figures::Input::of("", "", value, tithing::figures::Chosen{"cell"});
}
