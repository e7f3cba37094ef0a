#include "pos/screens/sell/cart_panel.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/screens/parts/likely_notes.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::Money;

std::string discount_words(const core::Discount& discount, Money off, Language language) {
  std::string words = discount.kind == core::DiscountKind::percent
                          ? "−" + percent_text({discount.value}, language)
                          : "−" + money_text(off, language);
  if (!discount.reason.empty()) words += " " + discount.reason;
  return words;
}

std::string unit_price_words(const core::LineItem& line, Language language) {
  if (line.unit == core::Unit::piece) return money_text(line.unit_price, language);
  const Money per_100_g{core::scale_rounded(line.unit_price.minor, 1, 10),
                        line.unit_price.currency};
  return quantity_text(line.quantity, "kg", language) + " × " + money_text(per_100_g, language) +
         "/100 g";
}

CartLineView line_view(const Scene& scene, const CartInput& input, std::size_t index) {
  const Language language = scene.words.language();
  const core::LineItem& line = scene.till.order.lines[index];
  const core::LineTotal& total = scene.till.totals.lines[index];
  const bool is_weighed = line.unit == core::Unit::kilogram;
  CartLineView view;
  view.id = std::to_string(index + 1);
  view.quantity = is_weighed ? "kg" : quantity_text(line.quantity, language);
  view.name = line.title;
  view.second = unit_price_words(line, language);
  view.amount = amount_text(total.net_of_line_discount(), language);
  if (line.discount) {
    view.old_amount = amount_text(total.gross, language);
    view.discount = discount_words(*line.discount, total.line_discount, language);
  } else if (line.regular_price) {
    const Money before = core::price_of(*line.regular_price, line.quantity);
    view.old_amount = amount_text(before, language);
  }
  view.note = line.note;
  view.is_selected = line.id == input.selected;
  view.can_have_less = !is_weighed && line.quantity > core::pieces(1);
  view.can_have_more = !is_weighed;
  return view;
}

CartLineView back_view(const Scene& scene, const CartInput& input, std::size_t index) {
  const Language language = scene.words.language();
  const core::ReturnLine& line = scene.till.order.returns[index];
  const bool is_weighed = line.unit == core::Unit::kilogram;
  CartLineView view;
  view.id = "back-" + std::to_string(index + 1);
  view.quantity = is_weighed ? "kg" : quantity_text(line.quantity, language);
  view.name = line.slip.empty() ? line.title : std::string(scene.words("Deposit slip"));
  view.second = line.kind == core::ReturnKind::deposit ? std::string(scene.words("Deposit return"))
                : line.kind == core::ReturnKind::without_receipt
                    ? std::string(scene.words("Return without receipt"))
                    : scene.words.fill("Return of {}", {line.order_number});
  if (line.shelf == core::Shelf::damaged) {
    view.second += " · ";
    view.second += scene.words("damaged");
  }
  view.amount = signed_text(-line.amount, language);
  view.is_selected = line.id == input.selected;
  view.is_back = true;
  // Bottles are counted; of everything else it was worked out what just so many give.
  view.can_have_more = line.kind == core::ReturnKind::deposit && line.slip.empty();
  view.can_have_less = view.can_have_more && line.quantity > core::pieces(1);
  return view;
}

void present_customer(const Scene& scene, CartView& view) {
  const core::Customer& customer = scene.till.order.customer;
  view.has_customer = customer.is_known();
  if (!view.has_customer) {
    view.customer = scene.words("Add customer");
    view.customer_second = scene.words("Receipt by e-mail");
    return;
  }
  view.customer = customer.name.empty() ? customer.email : customer.name;
  view.initials = core::initials(view.customer);
  if (customer.email.empty())
    view.customer_second = scene.words("No e-mail address");
  else if (view.is_small || customer.name.empty())
    view.customer_second =
        customer.name.empty() ? std::string(scene.words("Receipt by e-mail")) : customer.email;
  else
    view.customer_second = scene.words.fill("Receipt to {}", {customer.email});
  view.clear_word = scene.words("Take customer off");
}

void present_taxes(const Scene& scene, CartView& view) {
  const core::Totals& totals = scene.till.totals;
  const Language language = scene.words.language();
  const bool is_included = scene.till.order.tax_mode == core::TaxMode::included;
  const std::string_view tax = is_included ? scene.words("incl. VAT") : scene.words("plus tax");
  if (view.is_upright) {
    for (const core::TaxLine& line : totals.taxes)
      view.facts.push_back({std::string(tax) + " " + percent_text(line.rate, language),
                            amount_text(line.tax, language)});
    return;
  }
  std::string label(tax);
  for (const core::TaxLine& line : totals.taxes) {
    label += " · " + percent_text(line.rate, language);
    if (totals.taxes.size() > 1) label += ": " + amount_text(line.tax, language);
  }
  if (!totals.taxes.empty())
    view.facts.push_back({label, amount_text(totals.tax, language), std::string(tax)});
}

void present_facts(const Scene& scene, CartView& view) {
  const core::Totals& totals = scene.till.totals;
  const Language language = scene.words.language();
  const auto add = [&](std::string_view label, Money amount) {
    view.facts.push_back({std::string(label), amount_text(amount, language)});
  };
  const std::int64_t pieces = core::piece_count(scene.till.order);
  add(std::string(scene.words("Subtotal")) + " · " +
          scene.words.fill("{} item", "{} items", pieces),
      totals.subtotal);
  const Money discounts = totals.line_discounts + totals.order_discount;
  if (!discounts.is_zero()) add(scene.words("Discount"), -discounts);
  if (!totals.extras.is_zero()) add(scene.words("Shipping"), totals.extras);
  present_taxes(scene, view);
  if (!totals.rounding.is_zero()) add(scene.words("Rounding"), totals.rounding);
  const Money back = core::returned_worth(scene.till.order);
  if (!back.is_zero()) add(scene.words("Returned"), -back);
  if (!scene.till.paid.is_zero()) add(scene.words("Already paid"), -scene.till.paid);
  view.due_label = scene.till.paid.is_zero() ? scene.words("To pay") : scene.words("Still to pay");
  if (view.gives_back) view.due_label = scene.words("Give back");
  if (view.is_small && !back.is_zero())
    view.due_second = std::string(scene.words("Returned")) + " " + amount_text(-back, language);
  else if (view.is_small && !discounts.is_zero())
    view.due_second =
        std::string(scene.words("Discount")) + " " + amount_text(-discounts, language);
  else if (view.is_small)
    view.due_second = scene.words.fill("{} item", "{} items", pieces);
}

// The same places, for money that goes the other way.
void present_give_back(const Scene& scene, CartView& view) {
  const Language language = scene.words.language();
  const core::Snapshot& till = scene.till;
  const Money cash = -cash_due(scene);
  view.cash.label = till.due.is_zero()
                        ? std::string(scene.words("Finish"))
                        : scene.words.fill("Give back {}", {amount_text(cash, language)});
  view.cash.second = till.due.is_zero() ? scene.words("Nothing to pay") : scene.words("in cash");
  view.card.label = scene.words.fill("To the card {}", {amount_text(-till.due, language)});
  view.card.second = scene.words("Terminal");
  std::string_view why;
  if (till.attempt && core::holds_order(till.attempt->phase))
    why = scene.words("A card payment is not settled yet.");
  view.cash.why_not = view.card.why_not = why;
  if (why.empty() && till.due.is_zero())
    view.card.why_not = scene.words("There is nothing to give back.");
  if (why.empty() && !scene.devices.terminal.is_there)
    view.card.why_not = scene.words("No card terminal is set up.");
  if (!till.due.is_zero()) view.notes = {std::string(scene.words("Store credit"))};
}

void present_tenders(const Scene& scene, CartView& view) {
  if (settles_returns(scene)) return present_give_back(scene, view);
  const Language language = scene.words.language();
  const core::Snapshot& till = scene.till;
  const Money cash = cash_due(scene);
  const bool is_empty = till.order.lines.empty() && till.order.returns.empty();
  const std::string_view cash_word = scene.words("Cash"), card_word = scene.words("Card");
  view.cash.label = std::string(cash_word);
  view.card.label = std::string(card_word);
  if (!is_empty) {
    view.cash.label += " " + amount_text(cash, language);
    view.card.label += " " + amount_text(till.due, language);
  }
  view.cash.second = scene.words("exact");
  view.card.second = scene.words("Terminal");
  std::string_view why;
  if (is_empty) why = scene.words("The cart is empty.");
  if (till.attempt && core::holds_order(till.attempt->phase))
    why = scene.words("A card payment is not settled yet.");
  view.cash.why_not = view.card.why_not = why;
  if (why.empty() && till.due.minor <= 0)
    view.card.why_not = scene.words("There is nothing to pay by card.");
  if (why.empty() && !scene.devices.terminal.is_there)
    view.card.why_not = scene.words("No card terminal is set up.");
  // An empty cart shows what the place is for: the common notes.
  const Money nothing_yet{750, till.settings.shop.currency};
  for (const Money& note : likely_notes(is_empty ? nothing_yet : cash))
    view.notes.push_back(note_text(note, language));
  view.notes.emplace_back(scene.words("More…"));
}

}  // namespace

const core::LineItem* chosen_line(const Scene& scene, const CartInput& input) {
  const auto& lines = scene.till.order.lines;
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const core::LineItem& line) {
    return !input.selected.is_nil() && line.id == input.selected;
  });
  return found == lines.end() ? nullptr : &*found;
}

bool settles_returns(const Scene& scene) {
  return !scene.till.order.returns.empty() && scene.till.due.minor <= 0;
}

Money cash_due(const Scene& scene) {
  const Money due = scene.till.due;
  return due + core::cash_rounding(due, scene.till.settings.money.cash_step);
}

CartView present(const Scene& scene, const CartInput& input) {
  const Words& words = scene.words;
  CartView view;
  view.is_upright = scene.height > scene.width;
  view.is_small = !view.is_upright && scene.height < 800;
  present_customer(scene, view);
  view.menu_word = words("More for this cart");
  if (scene.till.collecting) {
    view.notice = words.fill("Collecting payment for {}", {scene.till.order.number});
    view.notice_action = words("Stop");
  }
  for (std::size_t i = 0; i < scene.till.order.lines.size(); ++i) {
    view.lines.push_back(line_view(scene, input, i));
    const core::LineId id = scene.till.order.lines[i].id;
    if (id == scene.till.last_line && id != input.last_seen) view.reveal = static_cast<int>(i);
  }
  for (std::size_t i = 0; i < scene.till.order.returns.size(); ++i) {
    const core::LineId id = scene.till.order.returns[i].id;
    if (id == scene.till.last_line && id != input.last_seen) {
      view.reveal = static_cast<int>(view.lines.size());
    }
    view.lines.push_back(back_view(scene, input, i));
  }
  view.gives_back = scene.till.due.minor < 0;
  view.empty_title = words("Ready for the next sale");
  view.empty_words = words("Scan a product, tap a tile, or type what you are looking for.");
  if (!view.lines.empty()) present_facts(scene, view);
  if (view.due_label.empty()) view.due_label = words("To pay");
  view.due = money_text(view.gives_back ? -scene.till.due : scene.till.due, words.language());
  present_tenders(scene, view);
  view.discount_word = words("Discount");
  view.note_word = words("Note");
  view.void_word = words("Void line");
  view.less_word = words("Less");
  view.more_word = words("More");
  return view;
}

}  // namespace pos
