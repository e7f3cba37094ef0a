// Who is at the till, and how it is set up.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/commands/all.h"
#include "core/commands/pins.h"
#include "core/orders/pricing.h"
#include "core/store/catalogue_store.h"
#include "core/store/order_store.h"
#include "core/store/signing_store.h"
#include "core/store/till_store.h"

namespace core {

namespace {

// Whether somebody else has it: whose PIN approved something must be clear.
bool is_taken(Till& till, std::string_view pin, std::int64_t own_row) {
  return std::ranges::any_of(till.staff, [&](const Cashier& cashier) {
    return cashier.row != own_row && pin_matches(pin, pin_hash_of(till.database, cashier.row));
  });
}

Refusal pin_is_taken() {
  return refuse("Somebody else has this PIN. Please choose another one.");
}

}  // namespace

namespace {

// Whoever has shown who they are is at the till; the cart stays.
Handled sign_in(Till& till, const Cashier& who, std::string_view how) {
  Work work(till);
  work.note("sign in", who.name, how);
  const PinRecord record = forget_wrong_pins(till, who.row);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  keep_record(till, record);
  till.cashier = who;
  till.reports_are_open = false;
  return Effects{};
}

const Cashier* find_cashier(const Till& till, std::int64_t row) {
  const auto found = std::ranges::find(till.staff, row, &Cashier::row);
  return found == till.staff.end() ? nullptr : &*found;
}

Refusal nobody_is_known() {
  return refuse("This cashier is not known.");
}

}  // namespace

Handled carry_out(Till& till, const SignIn& command) {
  const Cashier* who = find_cashier(till, command.cashier);
  if (!who) return tl::unexpected(nobody_is_known());
  if (auto no = wrong_pin(till, *who, command.pin)) return tl::unexpected(*no);
  return sign_in(till, *who, "");
}

Handled carry_out(Till& till, const SignInByBadge& command) {
  const Cashier* who = find_by_badge(till, command.code);
  if (!who) return tl::unexpected(refuse("This badge is not known.", "", RefusalKind::not_found));
  return sign_in(till, *who, "badge");
}

Handled carry_out(Till& till, const SignOut&) {
  if (!till.cashier) return Effects{};
  Work work(till);
  work.note("sign out", till.cashier->name);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.cashier.reset();
  till.reports_are_open = false;
  return Effects{};
}

Handled carry_out(Till& till, const AddCashier& command) {
  if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  const std::string name(trim(command.name));
  if (name.empty() || name.size() > 60) return tl::unexpected(refuse("Please give it a name."));
  if (!is_pin(command.pin)) return tl::unexpected(refuse("A PIN has 4 to 12 digits."));
  if (is_taken(till, command.pin, 0)) return tl::unexpected(pin_is_taken());
  const auto& roles = till.roles;
  if (std::ranges::find(roles, command.role, &StaffRole::role) == roles.end()) {
    return tl::unexpected(refuse("This role is not known."));
  }
  if (till.staff.empty() && command.role != Role::manager) {
    return tl::unexpected(refuse("The first cashier must be a manager."));
  }
  const bool taken = std::any_of(till.staff.begin(), till.staff.end(),
                                 [&](const Cashier& cashier) { return cashier.name == name; });
  if (taken) return tl::unexpected(refuse("There is a cashier of this name already.", name));
  Work work(till);
  work.note("cashier added", name, role_of(roles, command.role).name);
  insert_cashier(till.database, {0, name, command.role, command.language, ""},
                 hash_pin(command.pin));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.staff = load_staff(till.database);
  return Effects{};
}

namespace {

bool may_change_settings(const Till& till, Role role) {
  return allowed(role_of(till.roles, role), Permission::change_settings) == Allowed::yes;
}

// Without one nobody could change a setting any more.
bool is_last_manager(const Till& till, const Cashier& cashier) {
  return may_change_settings(till, cashier.role) &&
         std::ranges::none_of(till.staff, [&](const Cashier& other) {
           return other.row != cashier.row && may_change_settings(till, other.role);
         });
}

bool is_known(const Till& till, Role role) {
  return std::ranges::find(till.roles, role, &StaffRole::role) != till.roles.end();
}

// Everybody may say how they like the screens themselves.
bool is_own_look(const Till& till, const Cashier& known, const ChangeCashier& command) {
  return till.cashier && till.cashier->row == known.row && command.pin.empty() &&
         command.cashier.name == known.name && command.cashier.role == known.role;
}

bool is_possible_look(const Cashier& cashier) {
  const std::int64_t size = cashier.text_percent;
  const bool is_hand = cashier.hand.empty() || cashier.hand == "left" || cashier.hand == "right";
  return is_hand && (size == 0 || (size >= 100 && size <= 150));
}

// What changed, for the journal; never the PIN itself.
std::string change_text(const Till& till, const Cashier& before, const Cashier& after,
                        bool has_new_pin) {
  std::string text;
  const auto note = [&](std::string_view what, std::string_view from, std::string_view to) {
    if (from == to) return;
    if (!text.empty()) text += "; ";
    text += fmt::format("{}: {} -> {}", what, from, to);
  };
  note("name", before.name, after.name);
  note("role", role_of(till.roles, before.role).name, role_of(till.roles, after.role).name);
  note("language", before.language, after.language);
  note("appearance", before.appearance, after.appearance);
  note("text size", fmt::format("{}", before.text_percent), fmt::format("{}", after.text_percent));
  note("hand", before.hand, after.hand);
  if (has_new_pin) text += text.empty() ? "new PIN" : "; new PIN";
  return text;
}

}  // namespace

Handled carry_out(Till& till, const ChangeCashier& command) {
  const Cashier* known = find_cashier(till, command.cashier.row);
  if (!known || !is_own_look(till, *known, command)) {
    if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  }
  if (!known) return tl::unexpected(nobody_is_known());
  Cashier cashier = command.cashier;
  cashier.has_badge = known->has_badge;
  cashier.name = trim(cashier.name);
  if (cashier.name.empty() || cashier.name.size() > 60) {
    return tl::unexpected(refuse("Please give it a name."));
  }
  const bool taken = std::any_of(till.staff.begin(), till.staff.end(), [&](const Cashier& other) {
    return other.row != cashier.row && other.name == cashier.name;
  });
  if (taken) {
    return tl::unexpected(refuse("There is a cashier of this name already.", cashier.name));
  }
  if (!command.pin.empty() && !is_pin(command.pin)) {
    return tl::unexpected(refuse("A PIN has 4 to 12 digits."));
  }
  if (!command.pin.empty() && is_taken(till, command.pin, cashier.row)) {
    return tl::unexpected(pin_is_taken());
  }
  if (!is_possible_look(cashier)) return tl::unexpected(refuse("This setting is not possible."));
  if (!is_known(till, cashier.role)) return tl::unexpected(refuse("This role is not known."));
  if (!may_change_settings(till, cashier.role) && is_last_manager(till, *known)) {
    return tl::unexpected(refuse("There has to be a manager."));
  }
  const std::string changes = change_text(till, *known, cashier, !command.pin.empty());
  if (changes.empty()) return Effects{};
  Work work(till);
  work.note("cashier changed", known->name, changes);
  update_cashier(till.database, cashier);
  PinRecord record = record_of(till.pins, cashier.row);
  if (!command.pin.empty()) {
    set_pin_hash(till.database, cashier.row, hash_pin(command.pin));
    record = forget_wrong_pins(till, cashier.row);
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  keep_record(till, record);
  till.staff = load_staff(till.database);
  if (till.cashier && till.cashier->row == cashier.row) till.cashier = std::move(cashier);
  return Effects{};
}

Handled carry_out(Till& till, const RemoveCashier& command) {
  if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  const Cashier* known = find_cashier(till, command.cashier);
  if (!known) return tl::unexpected(nobody_is_known());
  if (till.cashier && till.cashier->row == known->row) {
    return tl::unexpected(refuse("Nobody can remove themselves."));
  }
  if (is_last_manager(till, *known) && till.staff.size() > 1) {
    return tl::unexpected(refuse("There has to be a manager."));
  }
  Work work(till);
  work.note("cashier removed", known->name, role_of(till.roles, known->role).name);
  delete_cashier(till.database, known->row);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.staff = load_staff(till.database);
  return Effects{};
}

Handled carry_out(Till& till, const SetBadge& command) {
  if (auto no = forbidden(till, Permission::change_settings)) return tl::unexpected(*no);
  const Cashier* known = find_cashier(till, command.cashier);
  if (!known) return tl::unexpected(nobody_is_known());
  const std::string code(trim(command.code));
  if (!code.empty() && !is_badge_code(code)) {
    return tl::unexpected(
        refuse("A badge has 8 to 64 characters, and is not taken for a PIN: digits alone are at "
               "least 13."));
  }
  const Cashier* owner = code.empty() ? nullptr : find_by_badge(till, code);
  if (owner && owner->row != known->row) {
    return tl::unexpected(refuse("Somebody else has this badge."));
  }
  Work work(till);
  work.note(code.empty() ? "badge taken away" : "badge given", known->name);
  set_badge_hash(till.database, known->row, code.empty() ? "" : hash_pin(code));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.staff = load_staff(till.database);
  if (till.cashier && till.cashier->row == command.cashier) {
    till.cashier->has_badge = !code.empty();
  }
  return Effects{};
}

Handled carry_out(Till& till, const TakeOverCart&) {
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  if (!till.draft || till.draft->cashier == till.actor()) return Effects{};
  Order order = *till.draft;
  Work work(till);
  work.note("cart taken over", order.number, order.cashier);
  order.cashier = till.actor();
  update_order(till.database, order, price(order));
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.draft = std::move(order);
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
  const bool has_new_rates = settings.money.rates != till.settings.money.rates;
  if (has_new_rates) {
    const std::string code = unknown_tax_code(till.database, settings.money.rates);
    if (!code.empty()) {
      return tl::unexpected(
          refuse("There are articles with another tax rate. Change them first.", code));
    }
  }
  if (settings.shop.country != till.settings.shop.country) {
    if (has_signed(till.database)) {
      return tl::unexpected(refuse("The country stays: there are signed receipts."));
    }
    if (till.has_order()) return tl::unexpected(refuse("Please finish the open cart first."));
    if (till.shift) {
      return tl::unexpected(
          refuse("Close the shift first: what it has sold was taxed by the country as it is."));
    }
  }
  Work work(till);
  work.note("setting", command.key, command.value);
  save_setting(till.database, command.key, command.value);
  // A country brings its own.
  if (has_new_rates && command.key != "tax.rates") {
    const std::string rates = rates_text(settings.money.rates);
    work.note("setting", "tax.rates", rates);
    save_setting(till.database, "tax.rates", rates);
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.settings = std::move(settings);
  return Effects{};
}

}  // namespace core
