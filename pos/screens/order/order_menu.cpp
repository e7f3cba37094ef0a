#include "pos/screens/order/order_menu.h"

#include <algorithm>

#include "pos/screens/parts/page.h"
#include "pos/ui/widgets.h"

namespace pos {
namespace {

namespace icons = ui::icons;

std::string_view no_receipt(const Scene& scene, const core::OrderDetail& detail) {
  if (detail.receipts.empty()) return "This order has no receipt of this till.";
  return scene.till.settings.mail.kind == "none" ? "Mail is not set up." : "";
}

std::string_view no_mail(const Scene& scene, const core::OrderDetail& detail) {
  if (detail.order.customer.email.empty()) return "The order has no e-mail address.";
  return scene.till.settings.mail.kind == "none" ? "Mail is not set up." : "";
}

std::string_view no_cancel(const core::OrderDetail& detail) {
  if (detail.order.stage == core::Stage::cancelled) return "The order is cancelled already.";
  if (detail.order.stage == core::Stage::archived) return "Reopen the order first.";
  return "Goods have left already: refund them instead.";
}

}  // namespace

namespace {

// A row for each line that is sent as a link or a code.
void add_downloads(const core::OrderDetail& detail, const Words& words, OrderMenuView& view) {
  constexpr std::size_t most = 6;
  std::size_t added = 0;
  for (std::size_t i = 0; i < detail.order.lines.size() && added < most; ++i) {
    const core::LineItem& line = detail.order.lines[i];
    if (!line.digital && !line.gift_card) continue;
    view.rows.push_back(
        {OrderVerb::download,
         words.fill(line.gift_card ? "Code of {} …" : "Download of {} …", {line.title}),
         std::string(words(line.sku.empty() ? "It has no SKU." : "")), icons::download, i});
    ++added;
  }
}

}  // namespace

std::vector<std::string> vouchers_of(const core::OrderDetail& detail) {
  constexpr std::size_t most = 4;
  std::vector<std::string> numbers;
  for (const core::Receipt& receipt : detail.receipts) {
    for (const core::ReceiptVoucher& voucher : receipt.vouchers) {
      const bool is_known =
          std::find(numbers.begin(), numbers.end(), voucher.number) != numbers.end();
      if (!is_known && numbers.size() < most) numbers.push_back(voucher.number);
    }
  }
  return numbers;
}

OrderMenuView mail_menu(const Scene& scene, const core::OrderDetail& detail) {
  using core::OutboxKind;
  const Words& words = scene.words;
  const core::Order& order = detail.order;
  OrderMenuView view{std::string(words("Send a mail again")), std::string(words("Close")), {}};
  const auto add = [&](OutboxKind kind, std::string_view word, std::string_view why_not) {
    view.rows.push_back({OrderVerb::resend, std::string(words(word)), std::string(words(why_not)),
                         icons::mail_outline, static_cast<std::size_t>(kind)});
  };
  const auto moved = [&](core::FulfilmentState state) -> std::string_view {
    const bool is_any =
        std::any_of(order.fulfilments.begin(), order.fulfilments.end(),
                    [&](const core::Fulfilment& parcel) { return parcel.state == state; });
    if (!is_any) return "Nothing has left of this order yet.";
    return no_mail(scene, detail);
  };
  const auto done = core::FulfilmentState::done, ready = core::FulfilmentState::ready;
  const bool has_digital =
      std::any_of(order.lines.begin(), order.lines.end(),
                  [](const core::LineItem& line) { return line.digital || line.gift_card; });
  add(OutboxKind::mail_confirmation, "Order confirmation", no_mail(scene, detail));
  if (order.delivery == core::Delivery::pickup) {
    add(OutboxKind::mail_ready, "Ready for pick-up", moved(ready));
  }
  add(OutboxKind::mail_fulfilled, "It is on its way", moved(done));
  if (has_digital) add(OutboxKind::mail_downloads, "Downloads and gift codes", moved(done));
  const core::MailRules& mails = scene.till.settings.mails;
  add(OutboxKind::mail_new_order, "New order, to the shop",
      mails.to.empty() ? "There is no e-mail address for this mail." : "");
  if (!mails.fulfilment_service.empty()) {
    add(OutboxKind::mail_fulfilment_service, "To the fulfilment service",
        moved(done) == no_mail(scene, detail) ? "" : moved(done));
  }
  return view;
}

namespace {

// What was paid in one way, within the shift that is open; nothing: nothing, or it is not
// clear which. What a voucher has paid is no longer on it.
std::optional<core::Tender> tender_to_correct(const Scene& scene, const core::Order& order) {
  const auto& shift = scene.till.shift;
  if (!shift || order.channel != "till" || order.placed < shift->opened) return {};
  std::optional<core::Tender> only;
  for (const core::Payment& payment : order.payments) {
    if (payment.kind != core::TransactionKind::sale || !core::stands(order, payment)) continue;
    if (only || payment.tender == core::Tender::gift_card) return {};
    only = payment.tender;
  }
  return only;
}

// A wrong tender is put right by a row that names the right one.
void add_corrections(const Scene& scene, const core::Order& order, OrderMenuView& view) {
  const auto wrong = tender_to_correct(scene, order);
  if (!wrong) return;
  const auto add = [&](core::Tender right, std::string_view word, ui::Icon icon) {
    if (*wrong == right) return;
    view.rows.push_back(
        {OrderVerb::correct, std::string(word), "", icon, static_cast<std::size_t>(right)});
  };
  add(core::Tender::cash, scene.words("It was paid in cash"), icons::payments);
  add(core::Tender::card, scene.words("It was paid by card"), icons::contactless);
}

}  // namespace

OrderMenuView order_menu(const Scene& scene, const core::OrderDetail& detail) {
  const Words& words = scene.words;
  const OrderSteps steps = steps_of(detail);
  const bool is_online = detail.order.channel != "till";
  OrderMenuView view{
      std::string(words("Order")) + " " + detail.order.number, std::string(words("Close")), {}};
  const auto add = [&](OrderVerb verb, std::string_view word, std::string_view why_not,
                       ui::Icon icon) {
    view.rows.push_back({verb, std::string(words(word)), std::string(words(why_not)), icon});
  };
  using enum OrderVerb;
  if (!detail.receipts.empty() || !is_online)
    add(mail_receipt, "E-mail the receipt", no_receipt(scene, detail), icons::mail_outline);
  if (is_online) {
    add(mails, "Send a mail again …",
        scene.till.settings.mail.kind == "none" ? "Mail is not set up." : "",
        icons::mark_email_read);
    add_downloads(detail, words, view);
  }
  const std::vector<std::string> numbers = vouchers_of(detail);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    view.rows.push_back({voucher, words.fill("Voucher {}", {core::masked_number(numbers[i])}), "",
                         icons::card_giftcard, i});
  }
  add(packing_slip, "Print a packing slip", "", icons::inventory_2);
  if (is_online) {
    add(capture_part, "Capture a part …",
        steps.can_capture ? "" : "No authorised payment is left to capture.", icons::credit_score);
  }
  add(refund, "Refund …", steps.can_refund ? "" : "Nothing has been paid that could be given back.",
      icons::undo);
  add_corrections(scene, detail.order, view);
  add(customer, "Customer and e-mail address …", "", icons::person);
  add(note, "Note …", "", icons::edit_note);
  if (steps.can_reopen) add(reopen, "Reopen", "", icons::restart_alt);
  add(cancel, "Cancel the order …", steps.can_cancel ? "" : no_cancel(detail), icons::cancel);
  return view;
}

OrderMenuTap draw(ui::Ui& ui, const OrderMenuView& view) {
  const int rows = static_cast<int>(view.rows.size());
  const int width = std::min(scaled(ui, 400), ui.width() - 16);
  const int height = std::min(80 + rows * 56 + 16, ui.height() - 72 - 16);
  // Under the three dots, which are at the right.
  const ui::Rect at{ui.width() - width - 16, 72, width, height};
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  OrderMenuTap tap{.is_closed = sheet.is_dismissed()};
  const ui::Rect list{at.x + 12, at.y + 80, at.w - 24, at.h - 96};
  const ui::ScrollArea area(ui, list, "order menu", rows * 56);
  for (int i = 0; i < rows; ++i) {
    const OrderMenuRow& row = view.rows[static_cast<std::size_t>(i)];
    if (ui::row(ui, {list.x, area.y(list.y + i * 56), list.w, 56},
                {.title = row.word,
                 .icon = row.icon,
                 .has_separator = i + 1 < rows,
                 .enabled = row.why_not.empty(),
                 .why_not = row.why_not})) {
      tap.verb = row.verb;
      tap.of = row.of;
    }
  }
  return tap;
}

}  // namespace pos
