// What the detail of an order says.
#include "core/base/text.h"
#include "pos/layout/tax_words.h"
#include "pos/screens/order/conflict_sheet.h"
#include "pos/screens/order/order_actions.h"
#include "pos/screens/order/order_neighbours.h"
#include "pos/screens/order/order_timeline.h"
#include "pos/screens/parts/order_words.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

namespace icons = ui::icons;

std::string line_second(const core::LineItem& line, std::string_view download, const Words& words) {
  std::string second = line.sku;
  const auto add = [&](std::string_view part) {
    if (part.empty()) return;
    if (!second.empty()) second += " · ";
    second += part;
  };
  add(percent_text(line.tax_rate, words.language()));
  if (line.discount) add(discount_text(*line.discount, words));
  add(line.note);
  if (core::sells_voucher(line)) {
    add(core::masked_number(line.voucher));
  } else if (line.digital || line.gift_card) {
    add(!download.empty() ? download
                          : words(line.gift_card ? "no code is set up" : "no download is set up"));
  }
  return second;
}

// What became of a line since it was ordered: "Taken out: 2 · Came back: 1".
std::string line_fate(const core::OrderDetail& detail, const core::LineItem& line,
                      const Words& words) {
  if (detail.order.channel == "till") return "";
  std::string text;
  const auto add = [&](const char* what, core::Quantity quantity) {
    if (quantity.thousandths <= 0) return;
    if (!text.empty()) text += " · ";
    text += words.fill(what, {quantity_text(quantity, "", words.language())});
  };
  add("Taken out: {}", line.removed);
  add("To come back: {}", line.announced);
  add("Came back: {}", core::returned_quantity(detail.order, line));
  return text;
}

OrderLineView line_view(const core::OrderDetail& detail, std::size_t i, const Scene& scene) {
  const core::LineItem& line = detail.order.lines[i];
  const Language language = scene.words.language();
  OrderLineView view;
  view.title = line.title;
  view.second = line_second(
      line, i < detail.looks.size() ? detail.looks[i].download : std::string(), scene.words);
  if (const std::string fate = line_fate(detail, line, scene.words); !fate.empty()) {
    view.second += (view.second.empty() ? "" : " · ") + fate;
  }
  const bool is_weighed = line.unit == core::Unit::kilogram;
  view.price = quantity_text(line.quantity, is_weighed ? "kg" : "", language) + " × " +
               amount_text(line.unit_price, language);
  if (i < detail.totals.lines.size()) {
    const core::LineTotal& total = detail.totals.lines[i];
    view.amount = amount_text(total.net_of_line_discount(), language);
    if (!total.line_discount.is_zero()) view.old_amount = amount_text(total.gross, language);
  }
  view.initials = core::initials(line.title);
  view.category = ui::category_of(line.title.data(), line.title.size());
  if (i < detail.looks.size()) {
    const core::LineLook& look = detail.looks[i];
    if (look.colour > 0) view.category = look.colour;
    if (!look.picture.empty()) view.picture = scene.pictures_folder + "/" + look.picture;
  }
  return view;
}

FactView tax_fact(const core::OrderDetail& detail, const Words& words) {
  const Language language = words.language();
  const bool is_added = detail.order.tax_mode == core::TaxMode::added;
  std::string label(words(is_added ? "plus tax" : "incl. tax"));
  const bool has_several = detail.totals.taxes.size() > 1;
  for (const core::TaxLine& tax : detail.totals.taxes) {
    label += " · " + tax_words(tax.taxed(), words);
    if (has_several) label += ": " + amount_text(tax.tax, language);
  }
  return {label, amount_text(detail.totals.tax, language)};
}

void add_totals(OrderView& view, const core::OrderDetail& detail, const Words& words) {
  const Language language = words.language();
  const core::Totals& totals = detail.totals;
  const auto add = [&](std::string_view label, core::Money money) {
    if (money.is_zero()) return;
    view.facts.push_back({std::string(label), amount_text(money, language)});
  };
  add(words("Subtotal"), totals.subtotal - totals.line_discounts);
  if (detail.order.discount) {
    add(discount_text(*detail.order.discount, words), -totals.order_discount);
  }
  for (const core::ExtraCharge& extra : detail.order.extras) {
    add(words(extra.title), extra.amount);
  }
  add(words("Cash rounding"), totals.rounding);
  if (!totals.taxes.empty()) view.facts.push_back(tax_fact(detail, words));
  view.total = {std::string(words("Total")), money_text(totals.total, language)};
}

void add_receipts(OrderView& view, const core::OrderDetail& detail, const Scene& scene) {
  for (std::size_t i = 0; i < detail.receipts.size(); ++i) {
    const core::Receipt& receipt = detail.receipts[i];
    view.receipts.push_back({i, receipt.code,
                             std::string(scene.words(receipt_name(receipt.kind))) + " · " +
                                 short_time(receipt.finished, scene),
                             amount_text(receipt.amount, scene.words.language())});
  }
}

void add_buttons(OrderView& view, const Scene& scene, const OrderInput& input, bool has_receipt) {
  const Words& words = scene.words;
  view.back = words("Back to the orders");
  view.print = words.with("button", "Print");
  view.menu = words("More");
  view.previous = words("Previous order");
  view.next = words("Next order");
  if (!has_receipt) {
    view.print_why_not = words("This order has no receipt of this till.");
  }
  const Neighbours neighbours = neighbours_of(scene, input);
  const std::string_view apart =
      input.place < 0 ? words("This order is not in the list that was shown last.") : "";
  if (!neighbours.previous) {
    view.previous_why_not = apart.empty() ? words("This is the first order of the list.") : apart;
  }
  if (!neighbours.next) {
    view.next_why_not = apart.empty() ? words("This is the last order of the list.") : apart;
  }
}

void add_state(OrderView& view, const core::OrderDetail& detail, const OrderInput& input,
               const Scene& scene) {
  const Words& words = scene.words;
  const std::string& wrong = detail.order.attention;
  const bool is_bad = is_stuck(detail.sync) || !wrong.empty();
  view.order =
      order_badge({word(detail.order.stage), input.was_new, is_bad, is_complete(detail)}, words);
  view.payment = payment_badge(detail.payment, words);
  view.fulfilment = fulfilment_badge(detail.fulfilment, words);
  const bool is_folder = scene.till.settings.upstream.kind == "folder";
  view.sync = sync_badge({detail.sync, wrong, is_folder}, words);
  if (!is_stuck(detail.sync)) {
    if (wrong.empty()) return;
    view.trouble = reason_text(wrong, words);
    view.advice = words("Compare it with the platform before money is taken or goods leave.");
    return;
  }
  view.trouble_state = view.sync.state;
  view.trouble = detail.reason.empty()
                     ? std::string(words("It is not clear whether the upstream has it."))
                     : reason_text(detail.reason, words);
  view.mend = words(conflict_of(detail) ? "Decide" : "Mend");
}

}  // namespace

OrderView present(const Scene& scene, const OrderInput& input) {
  const Words& words = scene.words;
  const core::FoundOrder& found = scene.found.order;
  OrderView view;
  const bool is_answered = found.asked == input.order;
  add_buttons(view, scene, input, is_answered && found.detail && !found.detail->receipts.empty());
  if (!is_answered) return view;
  if (!found.detail) {
    view.emptiness = {icons::receipt_long, std::string(words("This order is not there.")),
                      std::string(words("It may belong to another till."))};
    return view;
  }
  const core::OrderDetail& detail = *found.detail;
  view.is_there = true;
  view.number = detail.order.number;
  add_state(view, detail, input, scene);
  view.lines_title = words("Items");
  view.origin = channel_name(detail.order.channel, detail.order.number, words) + " · " +
                full_time(detail.order.placed, scene) + " · " +
                words.fill("{} item", "{} items", core::piece_count(detail.order));
  const std::string& theirs = detail.order.upstream_number;
  if (!theirs.empty() && theirs != detail.order.number)
    view.origin += " · " + words.fill("platform: {}", {theirs});
  view.note = detail.order.note;
  for (std::size_t i = 0; i < detail.order.lines.size(); ++i) {
    view.lines.push_back(line_view(detail, i, scene));
  }
  add_totals(view, detail, words);
  add_payment(view, detail, scene);
  for (const core::LineQuantity& open : steps_of(detail).to_refund) {
    for (std::size_t i = 0; i < view.lines.size() && !view.refund.empty(); ++i) {
      if (detail.order.lines[i].id == open.line) view.lines[i].comes_back = true;
    }
  }
  add_fulfilment(view, detail, scene, input);
  add_completion(view, detail, scene);
  view.receipts_title = words("Receipts");
  add_receipts(view, detail, scene);
  view.timeline_title = words("Timeline");
  view.add_note = words("Note");
  view.timeline = timeline_of(detail.order, scene);
  return view;
}

}  // namespace pos
