// Who is at the till, and how it is set up.
#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/store/till_store.h"

namespace core {

namespace {

constexpr std::size_t shortest_pin = 4;
constexpr std::size_t longest_pin = 12;

bool is_pin(std::string_view pin) {
  return pin.size() >= shortest_pin && pin.size() <= longest_pin &&
         std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Handled carry_out(Till& till, const SignIn& command) {
  if (till.now() < till.locked_until) {
    return tl::unexpected(refuse("Too many wrong PINs. Please wait a moment."));
  }
  const auto who = std::find_if(till.staff.begin(), till.staff.end(), [&](const Cashier& cashier) {
    return cashier.row == command.cashier;
  });
  if (who == till.staff.end()) return tl::unexpected(refuse("This cashier is not known."));
  if (!pin_matches(command.pin, pin_hash_of(till.database, command.cashier))) {
    ++till.wrong_pins;
    till.locked_until = till.now() + lock_out(till.wrong_pins);
    Work work(till);
    work.note("wrong PIN", who->name);
    if (auto failed = work.commit()) return tl::unexpected(*failed);
    return tl::unexpected(refuse("This PIN is not right."));
  }
  till.wrong_pins = 0;
  Work work(till);
  work.note("sign in", who->name);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.cashier = *who;
  return Effects{};
}

Handled carry_out(Till& till, const SignOut&) {
  if (!till.cashier) return Effects{};
  Work work(till);
  work.note("sign out", till.cashier->name);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.cashier.reset();
  return Effects{};
}

Handled carry_out(Till& till, const AddCashier& command) {
  if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  const std::string name(trim(command.name));
  if (name.empty() || name.size() > 60) return tl::unexpected(refuse("Please give it a name."));
  if (!is_pin(command.pin)) return tl::unexpected(refuse("A PIN has 4 to 12 digits."));
  if (till.staff.empty() && command.role != Role::manager) {
    return tl::unexpected(refuse("The first cashier must be a manager."));
  }
  const bool taken = std::any_of(till.staff.begin(), till.staff.end(),
                                 [&](const Cashier& cashier) { return cashier.name == name; });
  if (taken) return tl::unexpected(refuse("There is a cashier of this name already.", name));
  Work work(till);
  work.note("cashier added", name, word(command.role));
  insert_cashier(till.database, {0, name, command.role, command.language, ""},
                 hash_pin(command.pin));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.staff = load_staff(till.database);
  return Effects{};
}

Handled carry_out(Till& till, const ChangeSetting& command) {
  if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  Settings settings = till.settings;
  if (auto applied = apply(settings, command.key, command.value); !applied) {
    return tl::unexpected(refuse("This setting is not possible.", applied.error()));
  }
  const bool affects_orders = settings.shop.currency != till.settings.shop.currency ||
                              settings.money.tax_mode != till.settings.money.tax_mode;
  if (affects_orders && till.has_order()) {
    return tl::unexpected(refuse("Please finish the open cart first."));
  }
  Work work(till);
  work.note("setting", command.key, command.value);
  save_setting(till.database, command.key, command.value);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.settings = std::move(settings);
  return Effects{};
}

}  // namespace core
