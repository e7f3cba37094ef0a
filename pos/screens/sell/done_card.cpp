#include "pos/screens/sell/done_card.h"

#include <algorithm>

#include "pos/ui/format.h"
#include "pos/ui/shapes.h"

namespace pos {

namespace {

using ui::Rect;
namespace icons = ui::icons;

DoneFact print_fact(const Scene& scene, const core::DoneSale& sale) {
  const Words& words = scene.words;
  DoneFact fact{.title = std::string(words("Receipt")), .icon = icons::print};
  if (!sale.print_asked) {
    fact.title = words("Receipt not printed");
    return fact;
  }
  if (sale.signing_state == "waiting" && scene.instant - sale.at >= signing_is_shown_after) {
    fact.title = words("Signing …");
    fact.second = words("The receipt comes when the TSE has answered");
    fact.badge = words("Waits");
    fact.state = ui::State::warn;
    fact.badge_icon = icons::schedule;
    return fact;
  }
  if (sale.signing_state == "missed") fact.second = words("TSE out of order: the receipt says so");
  const bool is_done = sale.print_state == "printed" || sale.print_state == "sent";
  if (is_done && scene.till.settings.printer.kind == "simulated") {
    fact.title = words("Receipt not on paper");
    fact.badge = words("Simulated");
    fact.badge_icon = icons::visibility;
  } else if (sale.print_state == "printed") {
    fact.title = words("Receipt printed");
    fact.badge = words("Ready");
    fact.state = ui::State::ok;
    fact.badge_icon = icons::check_circle;
  } else if (sale.print_state == "sent") {
    fact.title = words("Receipt sent to the printer");
    fact.badge = words("Ready");
    fact.state = ui::State::ok;
    fact.badge_icon = icons::check;
  } else if (sale.print_state == "refused") {
    fact.title = words("Receipt not printed");
    fact.badge = words("Trouble");
    fact.state = ui::State::bad;
    fact.badge_icon = icons::error;
  } else if (sale.print_state == "unsure") {
    fact.second = words("Please look at the printer");
    fact.badge = words("Unclear");
    fact.state = ui::State::warn;
    fact.badge_icon = icons::help;
  } else {
    fact.title = words("Receipt is being printed");
    fact.badge = words("Waits");
    fact.state = ui::State::warn;
    fact.badge_icon = icons::schedule;
  }
  return fact;
}

// How far a row of the outbox is. A folder took it in the place of who should
// learn of it: `is_filed`.
void add_outbox_state(const Scene& scene, std::string_view state, std::string_view done,
                      bool is_filed, DoneFact& fact) {
  if (state.empty()) return;
  if (state == "done" && is_filed) {
    fact.badge = scene.words("In a folder");
    fact.badge_icon = icons::inbox;
  } else if (state == "done") {
    fact.badge = scene.words(done);
    fact.state = ui::State::ok;
    fact.badge_icon = icons::check_circle;
  } else if (state == "refused" || state == "unclear") {
    fact.badge = scene.words(state == "refused" ? "Refused" : "Unclear");
    fact.state = ui::State::bad;
    fact.badge_icon = icons::error;
  } else {
    fact.badge = scene.words(state == "sending" ? "Sending" : "Waits");
    fact.state = ui::State::warn;
    fact.badge_icon = icons::schedule;
  }
}

void present_amounts(const Scene& scene, const core::DoneSale& sale, DoneView& view) {
  const Words& words = scene.words;
  const Language language = words.language();
  const auto add = [&](std::string_view label, core::Money amount) {
    view.lines.push_back({std::string(words(label)), amount_text(amount, language)});
  };
  const bool has_change = !sale.change.is_zero();
  if (!view.is_paid) {
    view.main_label = words("Still due");
    view.main_amount = money_text(sale.still_due, language);
    add("Paid now", sale.paid_now);
  } else if (sale.paid_now.minor < 0) {
    view.main_label = words("Given back");
    view.main_amount = money_text(-sale.paid_now, language);
  } else if (has_change) {
    view.main_label = words("Change");
    view.main_amount = money_text(sale.change, language);
  } else if (sale.by_card && scene.till.settings.terminal.kind == "simulated") {
    view.main_label = words("Simulated card: no money has moved");
    view.main_amount = money_text(sale.paid_now, language);
  } else {
    view.main_label = words(sale.given.is_zero() ? "Paid" : "Paid exactly, no change");
    view.main_amount = money_text(sale.paid_now, language);
  }
  if (!view.is_paid && has_change) add("Change", sale.change);
  if (!sale.given.is_zero()) add("Cash received", sale.given);
  if (sale.paid_now.minor >= 0) add("Total", sale.total);
}

// What was sold has a number that the customer asks for; what was redeemed has a rest.
void add_vouchers(const Scene& scene, const core::DoneSale& sale, DoneView& view) {
  const Words& words = scene.words;
  const Language language = words.language();
  constexpr std::size_t most = 2;
  std::size_t shown = 0;
  for (const core::ReceiptVoucher& voucher : sale.vouchers) {
    if (shown++ == most) break;
    if (voucher.amount.minor < 0) {
      // First, because the last are left out where there is no room.
      view.lines.insert(view.lines.begin(),
                        {words.fill("Left on voucher {}", {core::masked_number(voucher.number)}),
                         amount_text(voucher.left, language)});
      continue;
    }
    view.facts.push_back({.title = core::shown_voucher_number(voucher.number),
                          .second = std::string(words("Voucher")),
                          .badge = money_text(voucher.amount, language),
                          .state = ui::State::ok,
                          .icon = icons::card_giftcard,
                          .badge_icon = icons::check});
  }
}

// The receipt's mail, and what the shop is told.
void add_messages(const Scene& scene, const core::DoneSale& sale, DoneView& view) {
  const Words& words = scene.words;
  DoneFact mail{.title = std::string(words("Receipt by e-mail")),
                .second = sale.email.empty() ? std::string(words("No e-mail address")) : sale.email,
                .icon = icons::mail_outline};
  const core::Settings& settings = scene.till.settings;
  add_outbox_state(scene, sale.mail_state, "Sent", settings.mail.kind == "folder", mail);
  view.facts.push_back(std::move(mail));
  DoneFact push{.title = std::string(words("Report to the shop")), .icon = icons::cloud_upload};
  add_outbox_state(scene, sale.push_state, "Reported", settings.upstream.kind == "folder", push);
  view.facts.push_back(std::move(push));
}

}  // namespace

bool shows_done(const Scene& scene) {
  return scene.till.done && !scene.till.collecting && scene.till.order.lines.empty() &&
         scene.till.order.returns.empty();
}

DoneView present_done(const Scene& scene) {
  const Words& words = scene.words;
  const core::DoneSale& sale = *scene.till.done;
  DoneView view;
  view.is_paid = sale.still_due.minor <= 0;
  view.title = words(view.is_paid ? "Paid" : "Partially paid");
  const core::LocalTime at = core::local_time(sale.at, scene.till.settings.shop.time_zone);
  view.saved_short = sale.number + " · " + time_text(at);
  view.saved = std::string(words("Saved")) + " · " + view.saved_short;
  present_amounts(scene, sale, view);
  add_vouchers(scene, sale, view);
  view.facts.push_back(print_fact(scene, sale));
  if (scene.till.training) {
    view.facts.push_back({.title = std::string(words("Training: counts for nothing")),
                          .second = std::string(words("Nothing is mailed or reported")),
                          .icon = icons::fact_check});
  } else {
    add_messages(scene, sale, view);
  }
  view.print_word = words(sale.print_asked ? "Print copy" : "Print");
  view.gift_word = words("Gift receipt");
  view.email_word = words(sale.email.empty() ? "Send e-mail" : "Change e-mail");
  view.drawer_word = words("Open drawer");
  view.next_word = words("Next sale");
  view.next_second = words("or simply scan or tap");
  return view;
}

Reaction react(DoneTap tap, const Scene& scene) {
  const core::DoneSale& sale = *scene.till.done;
  switch (tap) {
    case DoneTap::none:
    case DoneTap::email:
      return {};
    case DoneTap::print:
      return say(core::PrintAgain{
          sale.order, sale.print_asked ? core::SlipForm::copy : core::SlipForm::original});
    case DoneTap::gift:
      return say(core::PrintAgain{sale.order, core::SlipForm::gift});
    case DoneTap::drawer:
      return say(core::OpenDrawerByHand{sale.number});
    case DoneTap::next:
      return say(core::NextSale{});
  }
  return {};
}

}  // namespace pos
