#include "pos/cli/sign_in.h"

#include <algorithm>

#include "pos/cli/say.h"
#include "pos/cli/store.h"

namespace pos::cli {

Status sign_in(core::Register& till, const std::string& name, Pins& pins) {
  const auto staff = till.snapshot().staff;
  if (staff.empty()) return well;
  if (name.empty()) return fail("name the manager who does this with --as NAME", wrong_usage);
  const auto who = std::find_if(staff.begin(), staff.end(),
                                [&](const core::Cashier& cashier) { return cashier.name == name; });
  if (who == staff.end()) return fail("there is no cashier \"" + name + "\"", attention);
  const auto done = till.handle(core::SignIn{who->row, pins.next("PIN of " + name)});
  return done ? well : say_refusal(done.error());
}

}  // namespace pos::cli
