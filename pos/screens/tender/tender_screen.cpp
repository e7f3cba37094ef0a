// What the taps on the tender screen do, and what the screen remembers.
#include "pos/screens/tender/tender_screen.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/catalogue/gs1.h"
#include "core/orders/exchange.h"
#include "pos/screens/parts/likely_notes.h"
#include "pos/screens/tender/tender_parts.h"

namespace pos {

using core::Money;

Questions wants(const Scene&, const TenderInput& input) {
  if (!input.scanned.empty()) return {core::AskVoucher{input.scanned}};
  if (input.method != TenderMethod::voucher || input.label.empty()) return {};
  return {core::AskVoucher{input.label}};
}

bool take_code(const Scene& scene, const std::string& code, TenderInput& input) {
  const std::string plain(core::without_symbology(code));
  if (input.sheet == TenderSheet::label) {
    input.text.value = plain;
    return true;
  }
  const bool is_free = input.sheet == TenderSheet::none && !input.discount && !scene.till.attempt &&
                       !core::is_empty(scene.till.order);
  if (is_free) input.scanned = plain;
  return is_free;
}

namespace {

// Cash first: it needs no terminal and leaves the card for the rest.
TenderMethod next_method(const Scene& scene, TenderMethod before) {
  const bool has_terminal = scene.till.settings.terminal.kind != "none";
  return before == TenderMethod::cash && has_terminal ? TenderMethod::card : TenderMethod::cash;
}

void begin(const Scene& scene, TenderInput& input) {
  CardUnknownInput unknown = std::move(input.unknown);
  input = {};
  input.unknown = std::move(unknown);  // the log goes by the attempt, not by the order
  input.order = scene.till.order.id;
  input.paid = scene.till.paid;
}

// After a part of a split the next part follows by the same tender; after any
// other part payment the rest is likely to be paid by the other one.
void after_payment(const Scene& scene, TenderInput& input) {
  input.keyed = {};
  input.tip = {};
  const bool is_more = scene.till.paid > input.paid;
  input.paid = scene.till.paid;
  if (!is_more) return;
  const bool is_split = input.parts > 1;
  input.parts = std::max(1, input.parts - 1);
  input.label.clear();
  if (!is_split) input.method = next_method(scene, input.method);
}

// A scan is a voucher, which pays at once, or nothing that is wanted here.
Reaction take_scanned(const Scene& scene, TenderInput& input) {
  const std::string code = std::exchange(input.scanned, {});
  if (scene.found.voucher.voucher) return say(core::TakeVoucher{code});
  const bool is_ours = core::is_voucher_number(core::plain_voucher_number(code));
  Reaction reaction;
  reaction.refused =
      scene.words(is_ours ? "This voucher is not known here."
                          : "Please finish the payment first. The scan was not taken.");
  return reaction;
}

bool is_in_doubt(const Scene& scene) {
  return scene.till.attempt && scene.till.attempt->phase == core::CardPhase::unknown;
}

}  // namespace

Reaction follow(const Scene& scene, TenderInput& input) {
  follow(scene, input.unknown.log);
  const core::OrderId order =
      core::is_empty(scene.till.order) ? core::OrderId{} : scene.till.order.id;
  if (order == input.order) {
    if (!input.scanned.empty() && scene.found.voucher.asked == input.scanned) {
      return take_scanned(scene, input);
    }
    if (!order.is_nil() && scene.till.paid != input.paid) after_payment(scene, input);
    return {};
  }
  // The order that was in hand is gone and a sale was completed: Done is there.
  const bool is_done = order.is_nil() && scene.till.done.has_value();
  begin(scene, input);
  input.order = order;
  return is_done ? show(Screen::sell) : Reaction{};
}

TenderView present(const Scene& scene, const TenderInput& input) {
  TenderView view;
  present_order(scene, input, view);
  if (!view.has_order) {
    view.empty = scene.words("Nothing to pay");
    view.empty_second = scene.words("Scan or choose a product first.");
    view.to_sale = scene.words("To the sale");
    return view;
  }
  present_choice(scene, input, view);
  if (is_in_doubt(scene)) {
    view.unknown = present(scene, input.unknown);
  } else if (scene.till.attempt) {
    view.card = present(scene, input.card);
    view.card->events = shown(scene, input.unknown.log);
  }
  return view;
}

namespace {

Reaction back(const Scene& scene, TenderInput& input) {
  const bool is_collecting = scene.till.collecting;
  input.order = {};
  Reaction reaction = show(is_collecting ? Screen::orders : Screen::sell);
  if (is_collecting) reaction.commands.emplace_back(core::StopCollecting{});
  return reaction;
}

Reaction take(const Scene& scene, const TenderInput& input) {
  const Money amount = amount_to_take(scene, input);
  switch (input.method) {
    case TenderMethod::card:
      return say(core::StartCard{amount, input.tip});
    case TenderMethod::cash:
      return say(core::TakeCash{amount, input.tip});
    case TenderMethod::voucher:
      if (keyed_voucher(scene, input)) return say(core::TakeVoucher{input.label, amount});
      break;
    case TenderMethod::other:
      break;
  }
  return say(core::TakeOther{tender_of(input.method), amount, input.label});
}

// Until the answer is here (the snapshot has changed) or clearly late, a second
// tap is the same tap.
Reaction take_once(const Scene& scene, TenderInput& input) {
  const bool is_waiting = input.sent_revision == scene.till.revision &&
                          scene.instant - input.sent_at < std::chrono::seconds(1);
  if (is_waiting) return {};
  input.sent_at = scene.instant;
  input.sent_revision = scene.till.revision;
  return take(scene, input);
}

// The first payment waits until the customer has said whether the receipt is to have
// an address.
Reaction take_or_ask(const Scene& scene, TenderInput& input) {
  if (!scene.till.asks_for_address) return take_once(scene, input);
  input.address = AddressInput{take(scene, input)};
  return {};
}

bool is_asked_once_more(const Scene& scene, const TenderInput& input) {
  return input.method == TenderMethod::cash &&
         is_unlikely(amount_to_take(scene, input), owed(scene, input.method) + input.tip);
}

void choose(const Scene& scene, int index, TenderInput& input) {
  const auto method = static_cast<TenderMethod>(index);
  const bool again = method == input.method;
  if (!again) input.label.clear();
  input.method = method;
  if (method != TenderMethod::cash && method != TenderMethod::card) input.tip = {};
  if (method == TenderMethod::voucher) {
    input.sheet = TenderSheet::label;
    input.text = {.value = input.label, .keyboard = {}};
  }
  // More than is due makes sense in cash only.
  if (method != TenderMethod::cash && input.keyed.value() > scene.till.due.minor) input.keyed = {};
}

void choose_part(int index, TenderInput& input) {
  if (index == 2) {
    input.sheet = TenderSheet::parts;
    return;
  }
  input.parts = input.parts == index + 2 ? 1 : index + 2;
  input.keyed = {};
}

void choose_quick(const Scene& scene, int index, TenderInput& input) {
  if (input.method == TenderMethod::other) {
    input.label = other_tenders[index];
    return;
  }
  const auto amounts = quick_amounts(payable(scene, input), input.method);
  input.parts = 1;
  input.keyed = {};
  if (index > 0) input.keyed = amounts[static_cast<std::size_t>(index)].minor;
}

Reaction undo(const Scene& scene, core::TransactionId payment) {
  for (const core::Payment& taken : scene.till.order.payments) {
    if (taken.id == payment) return say(core::UndoTender{payment});
  }
  return {};
}

// Asked once, with the first part: whether the goods go along. A voucher stays until it is paid.
Reaction leave(const Scene& scene, TenderInput& input) {
  const core::Order& order = scene.till.order;
  const bool sells = std::ranges::any_of(order.lines, core::sells_voucher);
  if (scene.till.collecting || order.version > 0 || sells) return say(core::LeavePartiallyPaid{});
  input.sheet = TenderSheet::goods;
  return {};
}

// Taps that change only what this screen remembers.
void remember(const TenderTap& tap, const Scene& scene, TenderInput& input) {
  switch (tap.kind) {
    case TenderTap::Kind::method:
      return choose(scene, tap.index, input);
    case TenderTap::Kind::part:
      return choose_part(tap.index, input);
    case TenderTap::Kind::choose_parts:
      input.parts = least_parts + tap.index;
      input.keyed = {};
      input.sheet = TenderSheet::none;
      return;
    case TenderTap::Kind::quick:
      return choose_quick(scene, tap.index, input);
    case TenderTap::Kind::tip:
      input.sheet = TenderSheet::tip;
      input.text = {.value = input.tip.minor > 0 ? core::to_plain(input.tip) : "", .keyboard = {}};
      return;
    case TenderTap::Kind::confirm_text:
      if (input.sheet == TenderSheet::tip) {
        input.tip = tip_in(input.text.value, scene.till.due.currency).value_or(Money{});
      } else {
        input.label = core::trim(input.text.value);
      }
      input.sheet = TenderSheet::none;
      return;
    case TenderTap::Kind::dismiss_sheet:
      input.sheet = TenderSheet::none;
      return;
    default:
      return;
  }
}

}  // namespace

Reaction react(const TenderTap& tap, const Scene& scene, TenderInput& input) {
  if (tap.unknown != CardUnknownTap::none) return react(tap.unknown, scene, input.unknown);
  if (tap.card != CardPanelTap::none) {
    if (tap.card == CardPanelTap::other_tender) input.method = TenderMethod::cash;
    return react(tap.card, scene, input.card);
  }
  switch (tap.kind) {
    case TenderTap::Kind::back:
      return back(scene, input);
    case TenderTap::Kind::undo: {
      const TenderView view = present(scene, input);
      return undo(scene, view.payments[static_cast<std::size_t>(tap.index)].id);
    }
    case TenderTap::Kind::discount:
      input.discount.emplace();
      return {};
    case TenderTap::Kind::leave:
      return leave(scene, input);
    case TenderTap::Kind::goods_usual:
    case TenderTap::Kind::goods_otherwise: {
      input.sheet = TenderSheet::none;
      const bool usually = scene.till.settings.receipts.partly_paid == "goods_along";
      const bool is_usual = tap.kind == TenderTap::Kind::goods_usual;
      return say(core::LeavePartiallyPaid{is_usual ? usually : !usually});
    }
    case TenderTap::Kind::key:
      return key_in(tap.key, input.keyed, amount_keying(scene.till.due.currency), scene.words);
    case TenderTap::Kind::take:
      if (is_asked_once_more(scene, input)) {
        input.sheet = TenderSheet::unlikely;
        return {};
      }
      return take_or_ask(scene, input);
    case TenderTap::Kind::take_unlikely:
      input.sheet = TenderSheet::none;
      return take_or_ask(scene, input);
    default:
      remember(tap, scene, input);
      return {};
  }
}

Reaction run(ui::Ui& ui, const Scene& scene, TenderInput& input) {
  if (Reaction followed = follow(scene, input); !followed.is_empty()) return followed;
  // A sheet is drawn from the frame after its tap on, as on the sell screen.
  const bool was_open = input.discount || input.address;
  Reaction reaction = react(draw(ui, present(scene, input), input), scene, input);
  if (!was_open) return reaction;
  SheetResult sheet =
      input.address ? run(ui, scene, *input.address) : run(ui, scene, *input.discount);
  if (sheet.is_closed && !input.address) input.discount.reset();
  if (sheet.is_closed) input.address.reset();
  return sheet.reaction.is_empty() ? reaction : sheet.reaction;
}

}  // namespace pos
