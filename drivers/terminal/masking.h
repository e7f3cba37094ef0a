// What a terminal says is masked before it leaves a driver.
#pragma once

#include "core/base/masking.h"

namespace drivers {

using core::without_card_numbers;
using core::without_long_numbers;

}  // namespace drivers
