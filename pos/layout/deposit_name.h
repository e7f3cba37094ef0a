// How an article is called that stands for what a bottle costs.
#pragma once

#include <string>

#include "core/catalogue/catalogue.h"
#include "pos/ui/format.h"

namespace pos {

inline core::DepositName deposit_name(const Words& words) {
  return {std::string(words("Bottle deposit")), decimal_sign(words.language())};
}

}  // namespace pos
