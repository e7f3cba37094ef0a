#include "pos/screens/order/conflict_sheet.h"

#include <algorithm>

#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/format.h"
#include "pos/ui/shapes.h"

namespace pos {
namespace {

using core::OutboxKind;
using core::OutboxState;

std::string asked_words(const core::OutboxRow& row, const Words& words) {
  const std::string amount = money_text(row.amount, words.language());
  switch (row.kind) {
    case OutboxKind::capture:
      return words.fill("Capture payment {}", {amount});
    case OutboxKind::refund:
      return words.fill("Refund {}", {amount});
    case OutboxKind::void_authorization:
      return std::string(words("Give up the authorisation"));
    case OutboxKind::add_payment:
      return std::string(words("Enter a payment that was made here"));
    case OutboxKind::fulfil:
      return std::string(words("Fulfil the items"));
    case OutboxKind::archive:
      return std::string(words("Archive the order"));
    case OutboxKind::reopen:
      return std::string(words("Reopen"));
    case OutboxKind::cancel:
      return std::string(words("Cancel the order"));
    default:
      return std::string(words("Order"));
  }
}

}  // namespace

const core::OutboxRow* conflict_of(const core::OrderDetail& detail) {
  const auto row =
      std::find_if(detail.intents.begin(), detail.intents.end(), [](const core::OutboxRow& one) {
        const bool is_stuck =
            one.state == OutboxState::refused || one.state == OutboxState::unclear;
        return is_stuck && one.kind != OutboxKind::push_order && !core::is_mail(one.kind);
      });
  return row == detail.intents.end() ? nullptr : &*row;
}

std::optional<ConflictView> present_conflict(const Scene& scene, const core::OrderDetail& detail) {
  const core::OutboxRow* row = conflict_of(detail);
  if (!row) return {};
  const Words& words = scene.words;
  ConflictView view;
  view.title = words.fill("Who is right about {}?", {detail.order.number});
  view.explained =
      words("The till and the platform do not agree. Look at the order there, then decide.");
  view.close = words("Close");
  view.ours = {std::string(words("This till asked")), asked_words(*row, words),
               std::string(words("Ask once more")), ui::icons::point_of_sale};
  const std::string said = row->reason.empty()
                               ? std::string(words("The answer was lost: it may have arrived."))
                               : reason_text(row->reason, words);
  view.theirs = {std::string(words("The platform answered")), said,
                 std::string(words("The platform is right")), ui::icons::cloud_sync};
  return view;
}

ConflictTap draw(ui::Ui& ui, const ConflictView& view) {
  const int high = line_height(ui, ui::Size::t1);
  const ui::Rect at = sheet_of(ui, 720, 80 + 2 * high + 16 + 240 + 24);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  const ui::Rect room{at.x + 24, at.y + 80, at.w - 48, at.h - 104};
  const int told = ui::paragraph(ui, room, view.explained, {.colour = ui::Colour::text_2}) + 16;
  ConflictTap tap = sheet.is_dismissed() ? ConflictTap::close : ConflictTap::none;
  const auto halves = side_by_side({room.x, room.y + told, room.w, room.h - told}, 2);
  const auto side = [&](const ui::Rect& half, const ConflictView::Side& one, ConflictTap choice) {
    ui::box(ui, half, ui::Colour::bg, ui::measure::radius);
    ui::icon(ui, {half.x + 16, half.y + 16, 24, high}, one.icon, ui::Colour::text_2);
    ui::text(ui, {half.x + 48, half.y + 16, half.w - 64, high}, one.title,
             {.colour = ui::Colour::text_2});
    ui::paragraph(ui, {half.x + 16, half.y + 24 + high, half.w - 32, half.h - 112 - high},
                  one.words, {.weight = ui::Weight::semibold});
    if (ui::button(ui, {half.x + 16, half.bottom() - 72, half.w - 32, 56},
                   {.label = one.button, .kind = ui::ButtonKind::line, .size = ui::Size::t1})) {
      tap = choice;
    }
  };
  side(halves[0], view.ours, ConflictTap::ours);
  side(halves[1], view.theirs, ConflictTap::theirs);
  return tap;
}

SheetResult react(ConflictTap tap, const core::OrderDetail& detail) {
  const core::OutboxRow* row = conflict_of(detail);
  if (tap == ConflictTap::close || !row) return close_sheet();
  if (tap == ConflictTap::ours) return close_with(core::Resend{row->row});
  if (tap == ConflictTap::theirs) return close_with(core::DropIntent{row->row});
  return {};
}

}  // namespace pos
