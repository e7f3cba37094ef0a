#include "pos/screens/vouchers/voucher_sheet.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/page.h"
#include "pos/ui/format.h"
#include "pos/ui/shapes.h"
#include "pos/ui/widgets.h"

namespace pos {

namespace {

const core::Voucher* voucher_in(const Scene& scene, const VoucherInput& input) {
  const core::FoundVoucher& found = scene.found.voucher;
  return found.asked == input.number && found.voucher ? &*found.voucher : nullptr;
}

const char* title_of(core::VoucherEvent event) {
  switch (event) {
    case core::VoucherEvent::issued:
      return "Issued";
    case core::VoucherEvent::redeemed:
      return "Redeemed";
    case core::VoucherEvent::topped_up:
      return "Topped up";
    case core::VoucherEvent::refunded:
      return "Given back onto it";
    case core::VoucherEvent::paid_out:
      return "Paid out";
    case core::VoucherEvent::blocked:
      return "Blocked";
    case core::VoucherEvent::unblocked:
      return "Unblocked";
    case core::VoucherEvent::accepted_expired:
      return "Accepted though expired";
    case core::VoucherEvent::taken_back:
      return "Taken back";
  }
  return "";
}

VoucherView::Entry entry_of(const core::VoucherEntry& entry, const Scene& scene) {
  const Words& words = scene.words;
  VoucherView::Entry shown;
  shown.title = words.with("voucher", title_of(entry.event));
  shown.second = full_time(entry.at, scene);
  const auto add = [&](const std::string& what) {
    if (!what.empty()) shown.second += " · " + what;
  };
  add(entry.order_number);
  add(entry.actor == "till" ? "" : entry.actor);
  if (!entry.approver.empty()) add(words.fill("approved by {}", {entry.approver}));
  add(entry.reason);
  if (!entry.amount.is_zero()) shown.amount = signed_text(entry.amount, words.language());
  return shown;
}

void add_facts(const core::Voucher& voucher, const Scene& scene, VoucherView& view) {
  const Words& words = scene.words;
  const auto add = [&](std::string_view label, std::string value) {
    if (!value.empty()) view.facts.push_back({std::string(label), std::move(value)});
  };
  add(words.with("voucher", "For"), voucher.holder);
  if (!voucher.held.is_zero()) {
    std::string where;
    for (const std::string& order : voucher.holders) where += (where.empty() ? "" : ", ") + order;
    add(words("Held for a cart"), money_text(voucher.held, words.language()) + " · " + where);
  }
  add(words("Sold for"),
      money_text(voucher.value, words.language()) + " · " + full_time(voucher.sold, scene));
  const std::string last = last_day(voucher, scene);
  add(words("Good until"), last.empty() ? std::string(words("without end")) : last);
  if (voucher.kind == core::VoucherKind::single_purpose) {
    add(words.with("voucher", "Tax"),
        words.fill("{}, paid when it was sold",
                   {percent_text(voucher.tax_rate, words.language())}));
  }
}

TextSheetView reason_sheet(const Scene& scene, VoucherChange change) {
  const Words& words = scene.words;
  TextSheetView sheet;
  const bool is_payout = change == VoucherChange::pay_out;
  sheet.title = words(is_payout                          ? "Pay out the rest: why?"
                      : change == VoucherChange::unblock ? "Unblock the voucher: why?"
                                                         : "Block the voucher: why?");
  if (is_payout) {
    sheet.ready = {std::string(words("Small rest")), std::string(words("Goodwill"))};
  } else if (change == VoucherChange::unblock) {
    sheet.ready = {std::string(words("Found again")), std::string(words("Blocked by mistake"))};
  } else {
    sheet.ready = {std::string(words("Lost")), std::string(words("Stolen")),
                   std::string(words("Not paid"))};
  }
  sheet.placeholder = words("Reason");
  sheet.confirm = words(is_payout                          ? "Pay out"
                        : change == VoucherChange::unblock ? "Unblock"
                                                           : "Block");
  sheet.close = words("Close");
  sheet.layout = layout_of(words);
  sheet.most_bytes = 120;
  return sheet;
}

}  // namespace

VoucherWord voucher_word(const core::Voucher& voucher, core::Instant now) {
  if (voucher.is_blocked) return {"Blocked", ui::State::bad};
  if (core::has_expired(voucher, now)) return {"Expired", ui::State::warn};
  if (voucher.balance.is_zero()) return {"Spent", ui::State::neutral};
  return {"Good", ui::State::ok};
}

std::string last_day(const core::Voucher& voucher, const Scene& scene) {
  if (voucher.expires == core::Instant{}) return "";
  const core::LocalTime last = core::local_time(voucher.expires - std::chrono::seconds(1),
                                                scene.till.settings.shop.time_zone);
  return date_text(last, scene.words.language());
}

Questions wants(const VoucherInput& input) {
  return {core::AskVoucher{input.number}};
}

VoucherView present(const Scene& scene, const VoucherInput& input) {
  const Words& words = scene.words;
  VoucherView view;
  view.title = words("Voucher");
  view.number = core::shown_voucher_number(core::plain_voucher_number(input.number));
  view.close = words("Close");
  view.waiting = words("One moment …");
  const core::Voucher* voucher = voucher_in(scene, input);
  if (!voucher) return view;
  if (!voucher->holder.empty()) view.title = words("Store credit");
  view.balance_word = words("On it now");
  view.balance = money_text(voucher->balance, words.language());
  const VoucherWord word = voucher_word(*voucher, scene.instant);
  view.badge = words.with("voucher", word.word);
  view.state = word.state;
  add_facts(*voucher, scene, view);
  for (auto entry = voucher->history.rbegin(); entry != voucher->history.rend(); ++entry) {
    view.history.push_back(entry_of(*entry, scene));
  }
  view.print = words("Print again");
  if (!core::is_voucher_number(voucher->number)) {
    view.print_why_not = words("This card was printed elsewhere.");
  }
  view.block = words(voucher->is_blocked ? "Unblock …" : "Block …");
  view.pay_out = words("Pay out …");
  if (scene.till.settings.vouchers.payout != "on") {
    view.pay_out_why_not = words("Vouchers are not paid out here.");
  } else if (voucher->available().minor <= 0) {
    view.pay_out_why_not = words("Nothing is left on this voucher.");
  }
  if (!voucher->order.is_nil()) view.order = words("To the order");
  if (input.change != VoucherChange::none) view.reason = reason_sheet(scene, input.change);
  return view;
}

namespace {

constexpr int voucher_head = 72, voucher_foot = 152;

int row_height(const ui::Ui& ui) {
  return std::max(56, 2 * line_height(ui, ui::Size::t1) + 12);
}

// What the page needs; a long history scrolls.
int page_height(const ui::Ui& ui, const VoucherView& view) {
  const int line = line_height(ui, ui::Size::t1);
  const int facts = static_cast<int>(view.facts.size()) * (line + 4);
  const int rows = std::max(2, static_cast<int>(view.history.size())) * row_height(ui);
  return voucher_head + line + 4 + line_height(ui, ui::Size::t4) + 12 + facts + 12 + rows + 16 +
         voucher_foot;
}

int draw_balance(ui::Ui& ui, const ui::Rect& at, const VoucherView& view) {
  const int line = line_height(ui, ui::Size::t1), large = line_height(ui, ui::Size::t4);
  ui::text(ui, {at.x, at.y, at.w, line}, view.balance_word, {.colour = ui::Colour::text_2});
  ui::amount(ui, {at.x, at.y + line + 4, at.w, large}, view.balance,
             {.size = ui::Size::t4, .align = ui::Align::left});
  if (!view.badge.empty()) {
    ui::badge_right(ui, at.right(), at.y + (line + 4 + large - 32) / 2,
                    {.label = view.badge, .icon = ui::icons::card_giftcard, .state = view.state});
  }
  int y = at.y + line + 4 + large + 12;
  for (const VoucherView::Line& fact : view.facts) {
    ui::fact(ui, {at.x, y, at.w, line + 4}, fact.label, fact.value, ui::Colour::text_2);
    y += line + 4;
  }
  return y + 12;
}

VoucherTap draw_foot(ui::Ui& ui, const ui::Rect& at, const VoucherView& view) {
  VoucherTap tap = VoucherTap::none;
  const int half = (at.w - 8) / 2;
  const auto tool = [&](int column, int row, const std::string& word, ui::Icon icon,
                        const std::string& why_not, VoucherTap means) {
    if (word.empty()) return;
    if (ui::button(ui, {at.x + column * (half + 8), at.y + row * 64, half, 56},
                   {.label = word, .icon = icon, .enabled = why_not.empty(), .why_not = why_not}))
      tap = means;
  };
  tool(0, 0, view.print, ui::icons::print, view.print_why_not, VoucherTap::print);
  tool(1, 0, view.order, ui::icons::receipt_long, "", VoucherTap::order);
  tool(0, 1, view.block, ui::icons::lock, "", VoucherTap::block);
  tool(1, 1, view.pay_out, ui::icons::payments, view.pay_out_why_not, VoucherTap::pay_out);
  return tap;
}

}  // namespace

VoucherTap draw(ui::Ui& ui, const VoucherView& view, VoucherInput& input) {
  VoucherTap tap = VoucherTap::none;
  const ui::Rect at = sheet_of(ui, 640, page_height(ui, view));
  {
    const ui::Sheet sheet(ui, at,
                          {.title = view.title + " " + view.number, .close_word = view.close});
    if (sheet.is_dismissed()) tap = VoucherTap::close;
    const ui::Rect room{at.x + 24, at.y + voucher_head, at.w - 48,
                        at.h - voucher_head - voucher_foot};
    if (view.balance.empty()) {
      ui::text(ui, room, view.waiting, {.colour = ui::Colour::text_2, .align = ui::Align::centre});
      return tap;
    }
    const int row = row_height(ui);
    const int top = draw_balance(ui, room, view);
    const ui::Rect list{room.x, top, room.w, room.bottom() - top};
    const int rows = static_cast<int>(view.history.size());
    {
      const ui::ScrollArea area(ui, list, "voucher history", rows * row);
      for (int i = 0; i < rows; ++i) {
        const VoucherView::Entry& entry = view.history[static_cast<std::size_t>(i)];
        const int y = list.y + i * row;
        if (!area.shows(y, row)) continue;
        ui::row(ui, {list.x, area.y(y), list.w, row},
                {.title = entry.title,
                 .second = entry.second,
                 .amount = entry.amount,
                 .has_separator = i + 1 < rows});
      }
    }
    const VoucherTap foot =
        draw_foot(ui, {room.x, at.bottom() - voucher_foot + 8, room.w, voucher_foot - 32}, view);
    if (foot != VoucherTap::none && !view.reason) tap = foot;
  }
  if (!view.reason) return tap;
  const TextSheetTap asked = draw(ui, *view.reason, input.reason);
  if (asked == TextSheetTap::confirm) return VoucherTap::confirm;
  return asked == TextSheetTap::dismiss ? VoucherTap::back : VoucherTap::none;
}

Reaction react(VoucherTap tap, const Scene& scene, std::optional<VoucherInput>& input) {
  const core::Voucher* voucher = voucher_in(scene, *input);
  const auto ask = [&](VoucherChange change) {
    input->change = change;
    input->reason = {};
    return Reaction{};
  };
  switch (tap) {
    case VoucherTap::none:
      return {};
    case VoucherTap::close:
      input.reset();
      return {};
    case VoucherTap::back:
      return ask(VoucherChange::none);
    case VoucherTap::block:
      return ask(voucher && voucher->is_blocked ? VoucherChange::unblock : VoucherChange::block);
    case VoucherTap::pay_out:
      return ask(VoucherChange::pay_out);
    case VoucherTap::print: {
      if (!voucher) return {};
      Reaction reaction =
          say(core::PrintAgain{voucher->order, core::SlipForm::voucher, voucher->receipt_row});
      reaction.toast = scene.words("A copy of the voucher is being printed.");
      return reaction;
    }
    case VoucherTap::order: {
      if (!voucher) return {};
      Reaction reaction = show(Screen::order);
      reaction.order = voucher->order;
      input.reset();
      return reaction;
    }
    case VoucherTap::confirm:
      break;
  }
  const VoucherChange change = std::exchange(input->change, VoucherChange::none);
  const std::string reason(core::trim(input->reason.value));
  if (change == VoucherChange::block) return say(core::BlockVoucher{input->number, reason});
  if (change == VoucherChange::unblock) return say(core::UnblockVoucher{input->number, reason});
  return say(core::PayOutVoucher{input->number, reason});
}

Reaction run(ui::Ui& ui, const Scene& scene, std::optional<VoucherInput>& input) {
  if (!input) return {};
  const VoucherTap tap = draw(ui, present(scene, *input), *input);
  return react(tap, scene, input);
}

}  // namespace pos
