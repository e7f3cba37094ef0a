// Changes of one line of the open cart: quantity, price, discount, note, void.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/commands/add_line.h"
#include "core/commands/all.h"
#include "core/commands/check_discount.h"
#include "core/store/order_store.h"

namespace core {

namespace {

// Each voucher is a line of its own, and costs what it is worth.
std::optional<Refusal> is_voucher_line(const LineItem& line) {
  if (is_deposit(line)) return refuse("A deposit comes and goes with its article.");
  if (!sells_voucher(line)) return {};
  return refuse("A voucher costs what it is worth. Take it off and add it with another amount.");
}

constexpr std::size_t longest_note = 200;

Refusal line_is_gone() {
  return refuse("This line is no longer there.", "", RefusalKind::not_found);
}

// Finds the line in a copy of the cart, lets `change` alter it or refuse, and
// writes it.
template <class Change>
Handled edit(Till& till, LineId id, Change change) {
  if (auto fixed = cart_is_fixed(till)) return tl::unexpected(*fixed);
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  Order order = cart_copy(till);
  const auto line = std::find_if(order.lines.begin(), order.lines.end(),
                                 [&](const LineItem& item) { return item.id == id; });
  if (line == order.lines.end()) return tl::unexpected(line_is_gone());
  Work work(till);
  if (std::optional<Refusal> no = change(*line, work)) return tl::unexpected(*no);
  if (is_too_large(order)) return tl::unexpected(refuse("This amount is too large."));
  const auto at = static_cast<std::size_t>(line - order.lines.begin());
  save_line(till.database, order, at);
  if (std::ranges::find(order.lines, id, &LineItem::deposit_for) != order.lines.end()) {
    charge_deposit(till, order, at);
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.last_line = id;
  keep_cart(till, std::move(order));
  return Effects{};
}

}  // namespace

std::optional<Refusal> check_discount(const Discount& discount, Money base) {
  const bool percent = discount.kind == DiscountKind::percent;
  if (discount.value <= 0 || discount.value > (percent ? 10'000 : base.minor)) {
    return refuse("This discount is not possible.");
  }
  return {};
}

std::optional<Refusal> may_let_off(const Till& till, const Order& order) {
  constexpr std::int64_t split_cent = 1;  // that a line may have got of the order's discount
  const Totals totals = price(order);
  const auto most =
      till.cashier ? role_of(till.roles, till.cashier->role).limits.discount : std::nullopt;
  const bool is_large =
      most && std::ranges::any_of(totals.lines, [&](const LineTotal& line) {
        const Money limit = share_of(line.gross, Rate{*most});
        const std::int64_t more = line.order_discount.is_zero() ? 0 : split_cent;
        return (line.line_discount + line.order_discount).minor > limit.minor + more;
      });
  return forbidden(till, is_large ? Permission::large_discount : Permission::discount);
}

Handled carry_out(Till& till, const ChangeQuantity& command) {
  if (auto changed = change_empties(till, command.line, command.quantity)) return *changed;
  return edit(till, command.line, [&](LineItem& line, Work& work) -> std::optional<Refusal> {
    if (auto no = is_voucher_line(line)) return no;
    const std::int64_t wanted = command.quantity.thousandths;
    if (wanted <= 0 || wanted > largest_thousandths) {
      return refuse("This quantity is not possible.");
    }
    if (line.unit == Unit::piece && !command.quantity.is_whole()) {
      return refuse("This product is sold by the piece.");
    }
    if (wanted < line.quantity.thousandths) {
      work.note("less", till.draft->number,
                fmt::format("{}: {} instead of {}", line.title, to_plain(command.quantity),
                            to_plain(line.quantity)));
    }
    line.quantity = command.quantity;
    return {};
  });
}

Handled carry_out(Till& till, const OverridePrice& command) {
  if (auto no = forbidden(till, Permission::override_price)) return tl::unexpected(*no);
  return edit(till, command.line, [&](LineItem& line, Work& work) -> std::optional<Refusal> {
    if (auto no = is_voucher_line(line)) return no;
    if (command.price.minor < 0 || command.price.minor > largest_minor) {
      return refuse("This amount is not possible.");
    }
    work.note("price override", till.draft->number,
              fmt::format("{}: {} instead of {}, {}", line.title, to_plain(command.price),
                          to_plain(line.unit_price), command.reason));
    if (!line.regular_price) line.regular_price = line.unit_price;
    line.unit_price.minor = command.price.minor;
    if (*line.regular_price == line.unit_price) line.regular_price.reset();
    return {};
  });
}

Handled carry_out(Till& till, const DiscountLine& command) {
  if (command.discount) {
    Order wanted = cart_copy(till);
    for (LineItem& line : wanted.lines) {
      if (line.id == command.line) line.discount = command.discount;
    }
    if (auto no = may_let_off(till, wanted)) return tl::unexpected(*no);
  }
  return edit(till, command.line, [&](LineItem& line, Work& work) -> std::optional<Refusal> {
    if (auto no = is_voucher_line(line)) return no;
    if (command.discount) {
      const Money base = price_of(line.unit_price, line.quantity);
      if (auto no = check_discount(*command.discount, base)) return no;
      work.note(
          "discount", till.draft->number,
          fmt::format("{}: {}, {}", line.title, to_plain(discount_of(base, *command.discount)),
                      command.discount->reason));
    }
    line.discount = command.discount;
    return {};
  });
}

Handled carry_out(Till& till, const NoteLine& command) {
  return edit(till, command.line, [&](LineItem& line, Work&) -> std::optional<Refusal> {
    if (command.note.size() > longest_note) return refuse("This note is too long.");
    line.note = trim(command.note);
    return {};
  });
}

namespace {

// What was to come back is the customer's again.
Handled void_return(Till& till, Order order, const VoidLine& command) {
  const auto line = std::find_if(order.returns.begin(), order.returns.end(),
                                 [&](const ReturnLine& item) { return item.id == command.line; });
  if (line == order.returns.end()) return tl::unexpected(line_is_gone());
  Work work(till);
  work.note("void return", order.number,
            fmt::format("{} x {}, {}, {}", to_plain(line->quantity), line->title,
                        to_plain(line->amount), command.reason));
  delete_return(till.database, order, command.line);
  order.returns.erase(line);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.last_line = {};
  keep_cart(till, std::move(order));
  return Effects{};
}

}  // namespace

Handled carry_out(Till& till, const VoidLine& command) {
  if (auto fixed = cart_is_fixed(till)) return tl::unexpected(*fixed);
  if (auto no = forbidden(till, Permission::void_line)) return tl::unexpected(*no);
  Order order = cart_copy(till);
  const auto line = std::find_if(order.lines.begin(), order.lines.end(),
                                 [&](const LineItem& item) { return item.id == command.line; });
  if (line == order.lines.end()) return void_return(till, std::move(order), command);
  if (is_deposit(*line)) {
    return tl::unexpected(refuse("A deposit comes and goes with its article."));
  }
  Work work(till);
  work.note("void line", order.number,
            fmt::format("{} x {} at {}, {}", to_plain(line->quantity), line->title,
                        to_plain(line->unit_price), command.reason));
  VoidedLine voided{*line, till.now(), till.actor(), "", command.reason};
  if (till.approver) voided.approver = till.approver->name;
  void_line(till.database, order, voided);
  order.voided.push_back(voided);
  order.lines.erase(line);
  const auto its = std::ranges::find(order.lines, command.line, &LineItem::deposit_for);
  if (its != order.lines.end()) {
    voided.line = *its;
    void_line(till.database, order, voided);
    order.voided.push_back(voided);
    order.lines.erase(its);
  }
  if (order.lines.empty()) {
    work.note("cart emptied", order.number, fmt::format("{} lines", order.voided.size()));
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.last_line = {};
  keep_cart(till, std::move(order));
  return Effects{};
}

}  // namespace core
