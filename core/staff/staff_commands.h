// Who works at the till. Plain values.
#pragma once

#include <string>

#include "core/staff/staff.h"

namespace core {

struct SignIn {
  std::int64_t cashier;
  std::string pin;
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
struct RemoveCashier {
  std::int64_t cashier;
};                      // what was sold keeps the name
struct NoteGuesses {};  // a manager has read how often wrong PINs were tried

}  // namespace core
