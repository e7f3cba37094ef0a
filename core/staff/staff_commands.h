// Who works at the till. Plain values.
#pragma once

#include <string>

#include "core/staff/role.h"
#include "core/staff/staff.h"

namespace core {

struct SignIn {
  std::int64_t cashier;
  std::string pin;
};
// By a card that is scanned; whoever was signed in is not any more. The cart stays.
struct SignInByBadge {
  std::string code;
};
struct SignOut {};
struct AddCashier {
  std::string name;
  Role role;
  std::string pin;
  std::string language;
};
struct ChangeCashier {
  Cashier cashier;  // by its row; the rest is what it becomes
  std::string pin;  // empty: stays as it is
};
// The code that signs `cashier` in; empty: none does.
struct SetBadge {
  std::int64_t cashier;
  std::string code;
};
// A new role (its number is 0), or what one becomes. That of managers stays as it is.
struct SaveRole {
  StaffRole role;
};
// Refused while somebody has it, and of the two that every shop has.
struct RemoveRole {
  Role role;
};
// The open cart is from now on whose who is signed in; until then it is whoever's began it.
struct TakeOverCart {};
struct RemoveCashier {
  std::int64_t cashier;
};  // what was sold keeps the name
// From now on nothing that is rung up counts: it is printed as training, and is in no sum,
// no stock, no drawer and no mail. Refused while a cart or a card payment is open.
struct StartTraining {};
struct EndTraining {};
struct NoteGuesses {};  // a manager has read how often wrong PINs were tried

}  // namespace core
