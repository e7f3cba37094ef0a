// Commands that change the shop's set-up need a manager once there are cashiers,
// on the command line as on the screen: the register itself holds to it.
#pragma once

#include <string>

#include "core/register.h"
#include "pos/cli/command.h"
#include "pos/cli/pins.h"

namespace pos::cli {

// Signs `name` in with the next of `pins`; nothing to do while there are no cashiers.
Status sign_in(core::Register& till, const std::string& name, Pins& pins);

}  // namespace pos::cli
