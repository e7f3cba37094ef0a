#include "pos/screens/order/refund_done_sheet.h"

#include <algorithm>

#include "core/vouchers/voucher_number.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

std::string headline_of(const core::DoneRefund& refund, const Words& words) {
  const std::string amount = money_text(refund.note.amount, words.language());
  if (refund.note.amount.minor <= 0) return std::string(words("Nothing is paid out."));
  if (refund.is_asked) return words.fill("The platform is asked to give back {}", {amount});
  switch (refund.note.tender) {
    case core::Tender::cash:
      return words.fill("Pay out {} in cash", {amount});
    case core::Tender::card:
      return words.fill("{} goes back to the card", {amount});
    case core::Tender::gift_card:
      return words.fill("{} goes back to the gift card", {amount});
    case core::Tender::other:
      break;
  }
  return words.fill("{} goes back the way it was paid", {amount});
}

}  // namespace

bool has_refund_to_tell(const Scene& scene, core::OrderId order, std::uint64_t told) {
  const auto& refund = scene.till.refunded;
  return refund && refund->order == order && refund->count > told;
}

RefundDoneView present_refund_done(const Scene& scene) {
  const Words& words = scene.words;
  const core::DoneRefund& refund = *scene.till.refunded;
  RefundDoneView view;
  view.title = words.fill("Refund of {}", {refund.number});
  view.headline = headline_of(refund, words);
  const auto add = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) view.facts.push_back({std::string(label), value});
  };
  for (const core::ReceiptVoucher& voucher : refund.vouchers) {
    if (voucher.amount.minor <= 0) continue;
    add(words(voucher.is_new ? "New voucher" : "Voucher"),
        (voucher.is_new ? core::shown_voucher_number(voucher.number)
                        : core::masked_number(voucher.number)) +
            " · " + money_text(voucher.amount, words.language()));
  }
  add(words.with("refund", "To"), refund.note.recipient);
  add(words("Reason"), refund.note.reason);
  if (refund.actor != "till") add(words("Cashier"), refund.actor);
  add(words("Approved by"), refund.note.approver);
  view.close = words("Done");
  return view;
}

bool draw(ui::Ui& ui, const RefundDoneView& view) {
  const int width = std::min(560, ui.width() - 16) - 48;
  const int line = line_height(ui, ui::Size::t1) + 8;
  const int headline = ui::paragraph_height(ui, width, view.headline,
                                            {.size = ui::Size::t4, .weight = ui::Weight::semibold});
  const int facts = line * static_cast<int>(view.facts.size());
  const ui::Rect at = sheet_place(ui, 560, 72 + headline + 24 + facts + 24 + 64 + 24, false);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = ""});
  ui::Rect room{at.x + 24, at.y + 72, at.w - 48, headline};
  ui::paragraph(ui, room, view.headline, {.size = ui::Size::t4, .weight = ui::Weight::semibold});
  room.y += headline + 24;
  for (const RefundDoneView::Fact& fact : view.facts) {
    const int label = room.w / 3;
    ui::text(ui, {room.x, room.y, label, line}, fact.label, {.colour = ui::Colour::text_2});
    ui::text(ui, {room.x + label, room.y, room.w - label, line}, fact.value);
    room.y += line;
  }
  const bool is_read =
      ui::button(ui, {room.x, at.bottom() - 24 - 64, room.w, 64},
                 {.label = view.close, .kind = ui::ButtonKind::main, .key = ui::Key::enter});
  return is_read || sheet.is_dismissed();
}

}  // namespace pos
