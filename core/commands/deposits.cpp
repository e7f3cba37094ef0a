// Deposits: charged as a line of their own with their article, and given back for empties
// or for the machine's slip. That is no refund, and asks for no receipt.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/catalogue/gs1.h"
#include "core/commands/add_line.h"
#include "core/commands/all.h"
#include "core/commands/placed_order.h"
#include "core/store/catalogue_store.h"
#include "core/store/deposit_store.h"
#include "core/store/order_store.h"

namespace core {

namespace {

Money deposits_in(const Order& cart) {
  Money sum{0, cart.currency};
  for (const ReturnLine& line : cart.returns) {
    if (line.kind == ReturnKind::deposit) sum += line.amount;
  }
  return sum;
}

// The cart with a deposit that comes back, `line` in it; above the limit a manager has to
// know.
Handled keep_deposit(Till& till, Order cart, const ReturnLine& line) {
  const Money sum = deposits_in(cart);
  if (line.amount.minor <= 0 || sum.minor > largest_minor) {
    return tl::unexpected(refuse("This amount is not possible."));
  }
  const bool is_large = sum.minor > till.settings.deposits.limit;
  const auto no = forbidden(till, is_large ? Permission::return_without_receipt : Permission::sell);
  if (no) return tl::unexpected(*no);
  Work work(till);
  begin_if_new(till, cart);
  save_return(till.database, cart, line);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.last_line = line.id;
  till.last.reset();
  keep_cart(till, std::move(cart));
  return Effects{};
}

Handled give_deposit(Till& till, ReturnLine line) {
  if (auto no = needs_device(till)) return tl::unexpected(*no);
  Order cart = cart_copy(till);
  // The same empties again make two of them.
  const auto same = std::ranges::find_if(cart.returns, [&](const ReturnLine& other) {
    return other.kind == ReturnKind::deposit && other.slip.empty() && line.slip.empty() &&
           other.variant == line.variant && other.tax_rate == line.tax_rate;
  });
  if (same != cart.returns.end()) {
    same->quantity.thousandths += line.quantity.thousandths;
    same->amount += line.amount;
    line = *same;
  } else {
    line.id = {new_id(till)};
    cart.returns.push_back(line);
  }
  return keep_deposit(till, std::move(cart), line);
}

bool is_count(Quantity quantity) {
  return quantity.thousandths > 0 && quantity.thousandths <= largest_thousandths &&
         quantity.is_whole();
}

Refusal not_there() {
  return refuse("This product is no longer there.", "", RefusalKind::not_found);
}

}  // namespace

Handled carry_out(Till& till, const SetDeposit& command) {
  if (auto no = forbidden(till, Permission::edit_articles)) return tl::unexpected(*no);
  const auto article = find_variant(till.database, {command.article});
  const auto deposit = find_variant(till.database, {command.deposit});
  if (!article || (command.deposit != 0 && !deposit)) return tl::unexpected(not_there());
  const bool is_chain =
      is_deposit(till.database, article->id) || (deposit && deposit_of(till.database, deposit->id));
  if (command.deposit != 0 && (article->id == deposit->id || is_chain)) {
    return tl::unexpected(refuse("A deposit bears no deposit."));
  }
  Work work(till);
  work.note("article", name_of(*article),
            fmt::format("deposit: {}", deposit ? name_of(*deposit) : "none"));
  set_deposit(till.database, article->id, {command.deposit});
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return Effects{};
}

Handled carry_out(Till& till, const TakeEmpties& command) {
  if (auto fixed = cart_is_fixed(till)) return tl::unexpected(*fixed);
  const auto empties = find_variant(till.database, {command.variant});
  if (!empties) return tl::unexpected(not_there());
  const auto charged = deposit_of(till.database, empties->id);
  const auto deposit = charged ? find_variant(till.database, *charged) : empties;
  if (!deposit || !is_deposit(till.database, deposit->id)) {
    return tl::unexpected(refuse("This article bears no deposit.", name_of(*empties)));
  }
  if (!is_count(command.quantity)) {
    return tl::unexpected(refuse("This quantity is not possible."));
  }
  ReturnLine line;
  line.kind = ReturnKind::deposit;
  line.variant = deposit->id.row;
  line.title = name_of(*deposit);
  line.sku = deposit->sku;
  line.quantity = command.quantity;
  line.amount = price_of({deposit->price.minor, till.settings.shop.currency}, line.quantity);
  // Bottles share the rate of what was in them.
  line.tax_code = charged ? empties->tax_code : deposit->tax_code;
  const Taxed taxed = taxed_today(till, line.tax_code);
  line.tax_rate = taxed.rate;
  line.tax_key = taxed.key;
  line.shelf = Shelf::nowhere;
  line.category = deposit->category;
  return give_deposit(till, std::move(line));
}

Handled carry_out(Till& till, const TakeDepositSlip& command) {
  if (auto fixed = cart_is_fixed(till)) return tl::unexpected(*fixed);
  const DepositRule& rule = till.settings.deposits.slip;
  const auto amount = read_deposit_slip(command.code, rule, till.settings.shop.currency);
  if (!amount) {
    return tl::unexpected(
        refuse("This is no deposit slip of this shop.", command.code, RefusalKind::not_found));
  }
  constexpr std::chrono::hours twin_watch{24};
  const auto taken = slip_taken(till.database, command.code);
  if (taken && rule.has_serial()) {
    return tl::unexpected(refuse("This deposit slip has been taken already.", command.code));
  }
  if (taken && till.now() - *taken < twin_watch && !command.is_another) {
    return tl::unexpected(
        refuse("A slip like this one was taken today. Is it another?", command.code));
  }
  ReturnLine line;
  line.kind = ReturnKind::deposit;
  line.title = "Deposit slip";
  line.quantity = pieces(1);
  line.amount = *amount;
  line.tax_code = till.settings.deposits.tax;
  const Taxed taxed = taxed_today(till, line.tax_code);
  line.tax_rate = taxed.rate;
  line.tax_key = taxed.key;
  line.shelf = Shelf::nowhere;
  line.slip = command.code;
  return give_deposit(till, std::move(line));
}

Handled carry_out(Till& till, const ScanEmpties& command) {
  const std::string code(without_symbology(trim(command.code)));
  if (read_deposit_slip(code, till.settings.deposits.slip, till.settings.shop.currency)) {
    return carry_out(till, TakeDepositSlip{code});
  }
  if (const auto line = line_by_code(till, command.code)) {
    return carry_out(till, TakeEmpties{line->variant});
  }
  if (const auto variant = find_by_sku(till.database, code)) {
    return carry_out(till, TakeEmpties{variant->id.row});
  }
  return tl::unexpected(
      refuse("No article and no deposit slip has this code.", code, RefusalKind::not_found));
}

std::optional<Handled> change_empties(Till& till, LineId id, Quantity quantity) {
  Order cart = cart_copy(till);
  const auto line = std::ranges::find(cart.returns, id, &ReturnLine::id);
  const bool is_it =
      line != cart.returns.end() && line->kind == ReturnKind::deposit && line->slip.empty();
  if (!is_it) return {};
  if (auto fixed = cart_is_fixed(till)) return Handled(tl::unexpected(*fixed));
  if (!is_count(quantity)) {
    return Handled(tl::unexpected(refuse("This quantity is not possible.")));
  }
  // Each gives what it gave when the first of them was taken.
  const std::int64_t each = line->amount.minor / (line->quantity.thousandths / 1000);
  line->quantity = quantity;
  line->amount.minor = each * (quantity.thousandths / 1000);
  const ReturnLine changed = *line;
  return keep_deposit(till, std::move(cart), changed);
}

}  // namespace core
